using System.ComponentModel;

namespace Quickstart;

/// <summary>The agent's tools. They return what the shop service really answered and logged (Data/README.md).</summary>
internal static class ShopTools
{
    [Description("The first page of the shop's orders, as its API answers.")]
    public static string GetOrders() => Read("orders-response.json");

    [Description("The log of the shop service.")]
    public static string ReadLog() => Read("shop-service.log");

    private static string Read(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", name));
}
