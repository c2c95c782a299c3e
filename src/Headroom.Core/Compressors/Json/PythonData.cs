using System.Text;
using Headroom.Internal.Json;
using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>Python data as <c>print</c> and <c>str</c> show it, as a document of the same values. Only what the values restore exactly is taken.</summary>
internal static class PythonData
{
    /// <summary>Characters of a value inside other text below which a document does not pay for its header, as for JSON.</summary>
    private const int MinDocument = 400;

    /// <summary>Share of the text the value must make up, as for JSON: below it the text is rather code or prose.</summary>
    private const double MinShare = 0.5;

    /// <summary>Lines that are no data more than lines that are, from which a text is clearly another kind: a few stand above the first row.</summary>
    public const int MaxOthersAhead = 4;

    /// <summary>Characters behind the last complete value of cut data at most, as for JSON: they stay as they are.</summary>
    private const int MaxRest = 4000;

    /// <summary>The document form of a text: one value, one value a line, a value inside other text, or one that was cut off.</summary>
    public static ReformattedCandidate? Reformat(string text)
    {
        if (ReadValue(text) is { } value) return Document(value, DocumentForm.Value, value.End < text.Length, 0, 0);
        if (ReadLines(text) is { } lines) return Document(lines, DocumentForm.Lines, text[^1] == '\n', 0, 0);
        if (text.Length < MinDocument) return null;
        if (PythonSearch.Largest(text) is not { } place || place.Length < Math.Max(MinDocument, MinShare * text.Length)) return null;
        if (place.IsCut && text.Length - place.End > MaxRest) return null;
        return Read(text, place.Start, place.Stop, place.IsCut) is { } found ? Document(found, DocumentForm.InText, false, place.Start, text.Length - found.End, text, place.IsCut) : null;
    }

    /// <summary>Shows the rows of a text that stand out, and what is around them.</summary>
    public static ElidedCandidate? Elide(CompressionRequest request, int budget)
    {
        PythonValue? value = ReadValue(request.Text);
        bool areLines = value is null;
        value ??= ReadLines(request.Text);
        if (value is null || !value.Tape.IsContainer(0) || value.Tape.MaxDepth > DocumentPlan.MaxDepth) return null;
        return JsonElision.Select(value.Tape, areLines, request.Question, budget, DocumentHeader.Value with { Python = default(PythonNote) });
    }

    /// <summary>A text that is one value and at most a line end; <see langword="null"/> when it is not.</summary>
    public static PythonValue? ReadValue(string text)
    {
        int end = text.EndsWith('\n') ? text.Length - 1 : text.Length;
        return PythonSearch.Starts(text, 0) ? Read(text, 0, end) : null;
    }

    /// <summary>A text that is wholly one value and shows all in its JSON; <see langword="null"/> when it is not.</summary>
    public static JsonTape? Plain(string text) =>
        PythonSearch.Starts(text, 0) && Read(text, 0, text.Length) is { } value && value.Style == default ? value.Tape : null;

    /// <summary>A text of one value a line, or other lines that are not more; <see langword="null"/> when it is none. The lines of the tape are those of the text.</summary>
    public static PythonValue? ReadLines(string text)
    {
        PythonValue? read = ReadLines(text, areTuplesBare: false, out bool isMixed);
        return isMixed ? ReadLines(text, areTuplesBare: true, out _) : read;
    }

    /// <summary>Appends the items of an array as Python shows them, one a line; strings are lines that are no Python data. No line end follows the last.</summary>
    public static void AppendLines(StringBuilder target, JsonTape tape, ReprStyle style)
    {
        int end = tape.Next(0);
        for (int item = 1; item < end; item = tape.Next(item))
        {
            if (item > 1) target.Append('\n');
            if (tape.Kind(item) == JsonKind.Raw) target.Append(tape.Raw(item));
            else if (tape.Kind(item) == JsonKind.String) target.Append(tape.Value(item));
            else ReprWriter.Append(target, tape, item, style);
        }
    }

    private static PythonValue? ReadLines(string text, bool areTuplesBare, out bool isMixed)
    {
        var reader = new ReprReader(text, areTuplesBare);
        int raw = 0, rows = 0;
        isMixed = false;
        for (int start = 0; start < text.Length;)
        {
            int stop = text.IndexOf('\n', start);
            if (stop < 0) stop = text.Length;
            int length = reader.Json.Length, at = start;
            if (PythonSearch.Starts(text, start) && reader.TryRead(ref at, stop) && at == stop)
            {
                rows++;
            }
            else
            {
                reader.Json.Length = length;
                reader.Json.Append(text, start, stop - start);
                raw++;
            }

            if (raw > MaxOthersAhead + rows) return null; // clearly another kind of text
            if (stop < text.Length) reader.Json.Append('\n');
            start = stop + 1;
        }

        isMixed = reader.IsMixed;
        if (rows < 2 || raw > rows || isMixed || JsonParser.ParseLines(reader.Json.ToString()) is not { } tape) return null;
        var again = new StringBuilder(text.Length);
        AppendLines(again, tape, reader.Style);
        if (text[^1] == '\n') again.Append('\n');
        return again.Equals(text) ? new PythonValue(tape, reader.Style, text.Length) : null;
    }

    /// <summary>The value that a piece of a text is; of one that was cut off, what stands before its last complete value, with its brackets closed.</summary>
    private static PythonValue? Read(string text, int start, int end, bool isCut = false)
    {
        PythonValue? read = Read(text, start, end, isCut, areTuplesBare: false, out bool isMixed);
        return isMixed ? Read(text, start, end, isCut, areTuplesBare: true, out _) : read;
    }

    private static PythonValue? Read(string text, int start, int end, bool isCut, bool areTuplesBare, out bool isMixed)
    {
        isMixed = false;
        var reader = new ReprReader(text, areTuplesBare);
        int at = start;
        bool isWhole = reader.TryRead(ref at, end) && at == end;
        if (isWhole == isCut) return null;
        if (isCut) end = reader.CloseAtLastValue();
        isMixed = reader.IsMixed;
        if (isMixed || JsonParser.Parse(reader.Json.ToString()) is not { } tape) return null;
        var again = new StringBuilder(end - start);
        ReprWriter.Append(again, tape, 0, reader.Style);
        if (isCut) again.Length = Math.Min(again.Length, end - start); // without the brackets that were closed
        return again.Equals(text.AsSpan(start, end - start)) ? new PythonValue(tape, reader.Style, end) : null;
    }

    private static ReformattedCandidate? Document(PythonValue value, DocumentForm form, bool endsLine, int before, int after, string text = "", bool isCut = false)
    {
        JsonTape tape = value.Tape;
        if (!tape.IsContainer(0) || tape.Size(0) == 0) return null;
        DocumentPlan plan = DocumentPlan.Create(tape);
        var header = new DocumentHeader(form, default, before, after) { Python = new PythonNote(value.Style, endsLine, isCut ? value.End - before : 0) };
        ReadOnlySpan<char> lead = form == DocumentForm.InText ? text.AsSpan(0, before) : default;
        string document = DocumentWriter.Write(tape, plan, header, lead, text.AsSpan(text.Length - after));
        return new ReformattedCandidate("python", document, Equivalence.Bytes);
    }
}

/// <summary>Python data that was read: its values as JSON, and what the JSON does not show.</summary>
/// <param name="Tape">The values.</param>
/// <param name="Style">What restores the spelling.</param>
/// <param name="End">Where the data ends in its text.</param>
internal sealed record PythonValue(JsonTape Tape, ReprStyle Style, int End);
