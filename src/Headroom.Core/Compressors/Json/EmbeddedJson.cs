using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>JSON values inside other text: written compact in place, or the largest of them as a document.</summary>
internal static class EmbeddedJson
{
    /// <summary>Characters of an embedded value below which a document of its own does not pay for its header.</summary>
    private const int MinDocument = 400;

    /// <summary>Share of the text its JSON must make up: below it the text is rather code or prose, which is quoted back exactly and so stays as it is.</summary>
    private const double MinShare = 0.5;

    /// <summary>Characters of a value that count for that share: brackets around a few words occur in any code.</summary>
    private const int MinCounted = 40;

    public static List<ReformattedCandidate> Reformat(string text)
    {
        List<ReformattedCandidate> candidates = [];
        long json = 0;
        var compact = new StringBuilder(text.Length);
        JsonTape? largest = null;
        int done = 0;
        var values = new EmbeddedValues(text);
        while (values.Next() is { } tape)
        {
            compact.Append(text, done, tape.Start(0) - done);
            int start = compact.Length;
            JsonWriter.Append(compact, tape, 0);
            done = tape.End(0);
            if (Length(tape) >= MinCounted) json += Length(tape);
            if (compact.Length - start < EmbeddedValues.MinLength) // shorter, it would no longer be taken for JSON
            {
                compact.Length = start;
                compact.Append(tape.Raw(0));
            }

            if (largest is null || Length(tape) > Length(largest)) largest = tape;
        }

        if (largest is null || !values.IsReliable || json < MinShare * text.Length) return candidates;
        compact.Append(text, done, text.Length - done);
        if (compact.Length < text.Length) candidates.Add(new ReformattedCandidate("inline", compact.ToString(), Equivalence.Mixed));
        if (Length(largest) >= MinDocument && largest.MaxDepth <= DocumentPlan.MaxDepth)
        {
            int start = largest.Start(0), end = largest.End(0);
            var header = new DocumentHeader(DocumentForm.InText, default, start, text.Length - end);
            string document = DocumentWriter.Write(largest, DocumentPlan.Create(largest), header, text.AsSpan(0, start), text.AsSpan(end));
            candidates.Add(new ReformattedCandidate("document", document, Equivalence.Mixed));
        }

        return candidates;
    }

    private static int Length(JsonTape tape) => tape.End(0) - tape.Start(0);
}
