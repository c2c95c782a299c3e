using System.Diagnostics.CodeAnalysis;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>JSON: one value, one value a line, or values embedded in other text.</summary>
internal sealed class JsonCompressor : ContentCompressor
{
    public override string Name => "json";

    public override bool RespellsShortTexts => true;

    public override double Probe(ReadOnlySpan<char> sample) => JsonProbe.Judge(sample);

    public override bool TryExpand(string text, [NotNullWhen(true)] out string? original) => DocumentReader.TryRead(text, out original);

    protected override IReadOnlyList<ReformattedCandidate> ReformatCore(CompressionRequest request)
    {
        string text = request.Text;
        // JSON that prose sets off is often there to be pasted on, escapes and all: a record for a file, the body of a request.
        bool mayRespell = !(request.IsPart && text.Contains("\\\"", StringComparison.Ordinal));
        if (JsonParser.Parse(text) is { } tape) return ReformatValue(tape, false, mayRespell);
        if (JsonParser.ParseLines(text) is { } lines) return ReformatValue(lines, true, mayRespell);
        List<ReformattedCandidate> candidates = EmbeddedJson.Reformat(text);
        if (CutJson.Reformat(text) is { } cut) candidates.Add(cut);
        if (PythonData.Reformat(text) is { } python) candidates.Add(python);
        return candidates;
    }

    protected override ElidedCandidate? ElideCore(CompressionRequest request, int budget)
    {
        bool areLines = false;
        JsonTape? tape = JsonParser.Parse(request.Text);
        if (tape is null)
        {
            tape = JsonParser.ParseLines(request.Text);
            areLines = true;
        }

        if (tape is null) return PythonData.Elide(request, budget);
        if (!tape.IsContainer(0) || tape.MaxDepth > DocumentPlan.MaxDepth) return null;
        return JsonElision.Select(tape, areLines, request.Question, budget, DocumentHeader.Value);
    }

    private static List<ReformattedCandidate> ReformatValue(JsonTape tape, bool areLines, bool mayRespell)
    {
        if (tape.Kind(0) == JsonKind.String) return mayRespell ? ReformatString(tape) : [];
        List<ReformattedCandidate> candidates = [];
        Equivalence equivalence = areLines ? Equivalence.NdJson : Equivalence.Json;
        candidates.Add(new ReformattedCandidate("compact", areLines ? CompactLines(tape) : Compact(tape), equivalence) { IsPlain = true });
        if (mayRespell && tape.IsContainer(0) && tape.Size(0) > 0 && tape.MaxDepth <= DocumentPlan.MaxDepth)
        {
            DocumentPlan plan = DocumentPlan.Create(tape);
            candidates.Add(new ReformattedCandidate(plan.Tables.Count > 0 ? "table" : "terse", DocumentWriter.Write(tape, plan, areLines ? DocumentHeader.Lines : DocumentHeader.Value), equivalence));
        }

        return candidates;
    }

    /// <summary>A text that is wholly one JSON string: shown as its text, or as the JSON it holds.</summary>
    private static List<ReformattedCandidate> ReformatString(JsonTape tape)
    {
        List<ReformattedCandidate> candidates = [new ReformattedCandidate("compact", Compact(tape), Equivalence.Json)];
        string text = tape.Value(0).ToString();
        if (!JsonText.IsWellFormed(text)) return candidates;
        var plain = new StringBuilder();
        DocumentHeader.TextString.Write(plain, DocumentMarks.None);
        candidates.Add(new ReformattedCandidate("string", plain.Append(text).ToString(), Equivalence.Json));
        JsonTape? inner = JsonParser.Parse(text);
        JsonSpelling? found = inner is null ? JsonSpelling.Python : JsonWriter.FindSpelling(inner);
        inner ??= PythonData.Plain(text);
        if (inner is not null && inner.IsContainer(0) && inner.Size(0) > 0 && inner.MaxDepth <= DocumentPlan.MaxDepth && found is { } spelling)
        {
            var header = new DocumentHeader(DocumentForm.InString, spelling, 0, 0);
            candidates.Add(new ReformattedCandidate("unwrapped", DocumentWriter.Write(inner, DocumentPlan.Create(inner), header), Equivalence.Json));
        }

        return candidates;
    }

    private static string Compact(JsonTape tape)
    {
        var compact = new StringBuilder(tape.Text.Length);
        JsonWriter.Append(compact, tape, 0);
        return compact.ToString();
    }

    private static string CompactLines(JsonTape tape)
    {
        var compact = new StringBuilder(tape.Text.Length);
        int end = tape.Next(0);
        for (int line = 1; line < end; line = tape.Next(line))
        {
            JsonWriter.Append(compact, tape, line);
            compact.Append('\n');
        }

        return compact.ToString();
    }
}
