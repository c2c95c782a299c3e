using System.Globalization;
using Headroom.Economics;

namespace Headroom.Evals;

/// <summary>Consecutive requests of one recorded session, as counts: what the provider reported of each, and when.</summary>
/// <param name="Name">Session, and a number where only parts of it were noted.</param>
/// <param name="Model">The model's id.</param>
/// <param name="OpensSession">Whether the first request is the session's first, and not one from its middle.</param>
internal sealed record RecordedSeries(string Name, string Model, bool OpensSession, IReadOnlyList<SeriesRequest> Requests)
{
    /// <summary>Reads <c>Data/recorded-usage.csv</c>, one request a line.</summary>
    public static IReadOnlyList<RecordedSeries> Parse(string csv)
    {
        List<(string Name, string Model, string Opens, SeriesRequest Request)> rows = [];
        foreach (string line in csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1))
        {
            string[] cells = line.Split(',');
            long Count(int cell) => long.Parse(cells[cell], CultureInfo.InvariantCulture);
            var at = TimeSpan.FromSeconds(double.Parse(cells[3], CultureInfo.InvariantCulture));
            rows.Add((cells[0], cells[1], cells[2], new SeriesRequest(at, new CacheUsage(Count(5), Count(6), Count(4)))));
        }

        return [.. rows.GroupBy(r => r.Name).Select(g => new RecordedSeries(g.Key, g.First().Model, g.First().Opens == "session", [.. g.Select(r => r.Request)]))];
    }

    /// <summary>The requests as the model takes them, from nothing but their sizes.</summary>
    /// <remarks>
    /// A prompt as long as the one before it, or longer, is that one and a block of what was added. A shorter one shares nothing with what was
    /// sent before: how much of its beginning still stands, its size does not say.
    /// </remarks>
    public IEnumerable<PromptRequest> AsPrompts()
    {
        List<PromptBlock> blocks = [];
        long sent = 0;
        ulong name = 0;
        foreach (SeriesRequest request in Requests)
        {
            if (request.Reported.Input < sent)
            {
                blocks.Clear();
                sent = 0;
            }

            blocks.Add(new PromptBlock(++name, (int)(request.Reported.Input - sent)));
            sent = request.Reported.Input;
            yield return new PromptRequest([.. blocks]) { At = request.At };
        }
    }
}

/// <summary>One request: what the provider reported.</summary>
/// <param name="At">Since the first of its series.</param>
/// <param name="Reported">Where the tokens of the prompt came from.</param>
internal sealed record SeriesRequest(TimeSpan At, CacheUsage Reported);
