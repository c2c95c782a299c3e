using System.Text.Json;

namespace Headroom.Cli.Proxy;

/// <summary>Waits for what happens after a response has passed.</summary>
internal static class Eventually
{
    /// <summary>The figures, once so many requests are in the ledger: they are taken down behind the last byte of a response.</summary>
    public static async Task<JsonElement> RequestsAsync(RunningTestProxy proxy, int count)
    {
        for (int i = 0; ; i++)
        {
            JsonElement stats = await proxy.StatsAsync();
            if (stats.GetProperty("total").GetProperty("requests").GetInt64() >= count) return stats;
            Assert.True(i < 600, $"after a minute the ledger has {stats.GetProperty("total").GetProperty("requests")} requests instead of {count}");
            await Task.Delay(100);
        }
    }
}
