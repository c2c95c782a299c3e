using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>JSON: one value, one value a line, or values embedded in other text.</summary>
internal sealed class JsonCompressor : ContentCompressor
{
    public override string Name => "json";

    public override double Probe(ReadOnlySpan<char> sample) => JsonProbe.Judge(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => DocumentReader.TryRead(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        string text = request.Text;
        if (JsonParser.Parse(text) is { } tape) return ReformatValue(tape, false);
        if (JsonParser.ParseLines(text) is { } lines) return ReformatValue(lines, true);
        return [];
    }

    private static List<ReformattedCandidate> ReformatValue(JsonTape tape, bool areLines)
    {
        List<ReformattedCandidate> candidates = [];
        Equivalence equivalence = areLines ? Equivalence.NdJson : Equivalence.Json;
        candidates.Add(new ReformattedCandidate("compact", areLines ? CompactLines(tape) : Compact(tape), equivalence) { IsPlain = true });
        if (tape.IsContainer(0) && tape.Size(0) > 0 && tape.MaxDepth <= DocumentPlan.MaxDepth)
        {
            DocumentPlan plan = DocumentPlan.Create(tape);
            candidates.Add(new ReformattedCandidate(plan.Tables.Count > 0 ? "table" : "terse", DocumentWriter.Write(tape, plan, areLines), equivalence));
        }

        return candidates;
    }

    private static string Compact(JsonTape tape)
    {
        var compact = new StringBuilder(tape.Text.Length);
        JsonCompactWriter.Append(compact, tape, 0);
        return compact.ToString();
    }

    private static string CompactLines(JsonTape tape)
    {
        var compact = new StringBuilder(tape.Text.Length);
        int end = tape.Next(0);
        for (int line = 1; line < end; line = tape.Next(line))
        {
            JsonCompactWriter.Append(compact, tape, line);
            compact.Append('\n');
        }

        return compact.ToString();
    }
}
