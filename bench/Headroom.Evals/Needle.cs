using System.Globalization;
using System.Text;

namespace Headroom.Evals;

/// <summary>Logs and JSON arrays with one decisive row at a random place, of kinds that no selector is told of.</summary>
/// <param name="Text">The haystack.</param>
/// <param name="Mark">What must be readable for the row to be found.</param>
internal sealed record Needle(string Text, string Mark)
{
    private static readonly string[] Regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-south-1"];
    private static readonly string[] Services = ["gateway", "users", "inventory", "search", "cart"];
    private static readonly string[] Messages = ["request {0} served from cache", "request {0} served from origin", "session {0} renewed for client", "batch {0} written to segment"];

    public static IReadOnlyList<string> JsonKinds { get; } = ["odd value", "extra field", "missing field", "outlier", "other type", "changed word", "null value", "nested value"];

    public static IReadOnlyList<string> LogKinds { get; } = ["rare statement", "changed word", "odd value", "outlier", "missing field", "extra field", "other type"];

    /// <summary>A JSON array of objects of which one differs in the way <paramref name="kind"/> says.</summary>
    public static Needle Json(string kind, int rows, int seed)
    {
        var random = new Random(seed);
        int at = random.Next(rows);
        var text = new StringBuilder("[");
        string mark = "";
        for (int i = 0; i < rows; i++)
        {
            string id = Id(random), region = Regions[random.Next(4)], service = Services[random.Next(5)], latency = N(random.Next(20, 90)), retry = N(random.Next(3)), zone = N(random.Next(6));
            string message = string.Format(CultureInfo.InvariantCulture, Messages[random.Next(4)], random.Next(10_000, 99_999)), tail = "", status = "\"status\":200,";
            if (i == at)
            {
                mark = id;
                switch (kind)
                {
                    case "odd value": region = "eu-north-7"; break;
                    case "extra field": tail = ",\"note\":\"moved by hand\""; break;
                    case "missing field": status = ""; break;
                    case "outlier": latency = N(random.Next(40_000, 60_000)); break;
                    case "other type": retry = "\"often\""; break;
                    case "changed word": message = message.Replace("served", "diverted", StringComparison.Ordinal).Replace("renewed", "handed", StringComparison.Ordinal).Replace("written", "lent", StringComparison.Ordinal); break;
                    case "null value": service = "null"; break;
                    default: zone = N(random.Next(700, 800)); break;
                }
            }

            string spelledService = service == "null" ? service : $"\"{service}\"";
            text.Append(i > 0 ? ",\n" : "").Append($"{{\"id\":\"{id}\",\"region\":\"{region}\",\"service\":{spelledService},{status}\"latency_ms\":{latency},\"retries\":{retry},\"place\":{{\"rack\":{N(random.Next(12))},\"zone\":{zone}}},\"message\":\"{message}\"{tail}}}");
        }

        return new Needle(text.Append(']').ToString(), mark);
    }

    /// <summary>A log of which one line differs in the way <paramref name="kind"/> says.</summary>
    public static Needle Log(string kind, int lines, int seed)
    {
        var random = new Random(seed);
        int at = random.Next(lines);
        var text = new StringBuilder();
        string mark = "";
        long millisecond = 0;
        for (int i = 0; i < lines; i++)
        {
            millisecond += random.Next(5, 900);
            string id = Id(random), service = Services[random.Next(5)], region = Regions[random.Next(4)], took = N(random.Next(20, 90)) + "ms", tail = "";
            string line = random.Next(3) switch
            {
                0 => $"served {id} for {region} in {took}",
                1 => $"cache lookup of {id} hit shard {random.Next(16)} in {took}",
                _ => $"session {id} renewed from {region} by client {random.Next(100, 999)}",
            };
            if (i == at)
            {
                mark = id;
                line = kind switch
                {
                    "rare statement" => $"leader moved to {id} after vote",
                    "changed word" => $"served {id} without {region} in {took}",
                    "odd value" => $"served {id} for eu-north-7 in {took}",
                    "outlier" => $"served {id} for {region} in {random.Next(40_000, 60_000)}ms",
                    "missing field" => $"served {id} in {took}",
                    "extra field" => $"served {id} for {region} in {took} via mirror",
                    _ => $"served {id} for {region} in n/a",
                };
            }

            var time = new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);
            text.Append(CultureInfo.InvariantCulture, $"{time.AddMilliseconds(millisecond):yyyy-MM-ddTHH:mm:ss.fffZ} INFO {service} {line}{tail}\n");
        }

        return new Needle(text.ToString(), mark);
    }

    /// <summary>Whether the row is shown: in a row or line, not only in a list of names.</summary>
    public bool IsVisible(string text) => text.Split('\n').Any(l => l.Contains(Mark, StringComparison.Ordinal) && !l.StartsWith("- ", StringComparison.Ordinal));

    private static string Id(Random random) => string.Create(CultureInfo.InvariantCulture, $"r{random.Next(0x1000000):x6}{random.Next(0x1000000):x6}");

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
