using System.ComponentModel;
using System.Text.Json;
using Microsoft.SemanticKernel;

namespace SemanticKernelSample;

/// <summary>What the desk of a ferry company can look up: objects, a log, a handbook.</summary>
internal sealed class Desk
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Data");

    [KernelFunction("bookings")]
    [Description("The bookings of a sailing.")]
    public static List<Booking> Bookings() => JsonSerializer.Deserialize<List<Booking>>(File.ReadAllText(Path.Combine(s_folder, "bookings.json")))!;

    [KernelFunction("journal")]
    [Description("The machinery journal of the ship.")]
    public static string Journal() => File.ReadAllText(Path.Combine(s_folder, "fenna-journal.log"));

    [KernelFunction("handbook")]
    [Description("The handbook of the company, all of it.")]
    public static string Handbook() => string.Join("\n\n", Directory.GetFiles(Path.Combine(s_folder, "handbook")).Order(StringComparer.Ordinal).Select(File.ReadAllText));
}

/// <summary>A booking.</summary>
internal sealed record Booking(string Number, string Name, string Sailing, string Fare, string? Vehicle, int Passengers, double Paid, string Channel, bool Wheelchair);
