using System.Globalization;
using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>The first line of a document: what the text stands for, and how to read it.</summary>
/// <param name="Form">What the text stands for.</param>
/// <param name="Spelling">How the JSON inside a string was spelled; only for <see cref="DocumentForm.InString"/> and <see cref="DocumentForm.Cut"/>.</param>
/// <param name="Before">Characters of other text before the JSON, or of JSON before the cut.</param>
/// <param name="After">Characters of other text after it.</param>
internal readonly record struct DocumentHeader(DocumentForm Form, JsonSpelling Spelling, int Before, int After)
{
    private const string Start = "# JSON";
    private const string PythonStart = "# Python";
    private const string LinesForm = " lines as key=value";
    private const string ValueForm = " as key=value";
    private const string InTextForm = " inside text, after ";
    private const string InStringStart = "# JSON in a JSON string (";
    private const string InTextStart = "# JSON inside text, after ";
    private const string CutStart = "# JSON cut off (";
    private const string LinesStart = "# JSON lines as key=value";
    private const string ValueStart = "# JSON as key=value";
    private const string TextStart = "# JSON string with this text:";

    private static readonly string[] SpellingNames = ["compact", "spaced", "indent 2", "indent 4", "Python"];

    public static DocumentHeader Value { get; } = new(DocumentForm.Value, default, 0, 0);

    public static DocumentHeader Lines { get; } = new(DocumentForm.Lines, default, 0, 0);

    public static DocumentHeader TextString { get; } = new(DocumentForm.TextString, default, 0, 0);

    /// <summary>How the values are spelled as Python data; <see langword="null"/> for JSON.</summary>
    public PythonNote? Python { get; init; }

    /// <summary>Writes the line, with notes for the marks the document uses.</summary>
    public void Write(StringBuilder output, DocumentMarks marks)
    {
        Python?.Write(output);
        switch (Form)
        {
            case DocumentForm.InText when Python is not null:
                output.Append(InTextForm).Append(CultureInfo.InvariantCulture, $"{Before} and before {After} characters of it, as key=value");
                break;
            case DocumentForm.Lines or DocumentForm.Value when Python is not null:
                output.Append(Form == DocumentForm.Lines ? LinesForm : ValueForm);
                break;
            case DocumentForm.TextString:
                output.Append(TextStart).Append('\n');
                return;
            case DocumentForm.InString:
                output.Append(InStringStart).Append(SpellingNames[(int)Spelling]).Append(") as key=value");
                break;
            case DocumentForm.Cut:
                output.Append(CutStart).Append(SpellingNames[(int)Spelling]).Append(CultureInfo.InvariantCulture, $"), after {Before} and before {After} characters of it, as key=value");
                break;
            case DocumentForm.InText:
                output.Append(InTextStart).Append(CultureInfo.InvariantCulture, $"{Before} and before {After} characters of it, as key=value");
                break;
            default:
                output.Append(Form == DocumentForm.Lines ? LinesStart : ValueStart);
                break;
        }

        bool isNull = marks.HasFlag(DocumentMarks.Null), isAbsent = marks.HasFlag(DocumentMarks.Absent);
        if (isNull || isAbsent)
        {
            DocumentMarks cells = marks & (DocumentMarks.Empty | DocumentMarks.Dash);
            output.Append("; ").Append(cells switch { DocumentMarks.Dash => "-", DocumentMarks.Empty => "empty cell", _ => "- or empty cell" });
            output.Append(isNull && isAbsent ? " = null, in col? absent" : isNull ? " = null" : " in col? = absent");
        }

        if (marks.HasFlag(DocumentMarks.Shapes)) output.Append("; name(values) as in name(keys)");
        output.Append('\n');
    }

    /// <summary>Reads the line at the start of a text; <paramref name="length"/> is its length with its line end.</summary>
    public static bool TryRead(string text, out DocumentHeader header, out int length)
    {
        header = default;
        length = 0;
        bool isPython = text.StartsWith(PythonStart, StringComparison.Ordinal);
        if (!isPython && !text.StartsWith(Start, StringComparison.Ordinal)) return false;
        length = text.IndexOf('\n') + 1;
        if (length == 0) return false;
        ReadOnlySpan<char> line = text.AsSpan(0, length - 1);
        if (isPython) return TryReadPython(line, text.Length - length, out header);
        if (line.SequenceEqual(TextStart)) header = TextString;
        else if (line.StartsWith(ValueStart, StringComparison.Ordinal)) header = Value;
        else if (line.StartsWith(LinesStart, StringComparison.Ordinal)) header = Lines;
        else if (line.StartsWith(InStringStart, StringComparison.Ordinal)) return TryReadSpelling(line[InStringStart.Length..], out header);
        else if (line.StartsWith(InTextStart, StringComparison.Ordinal)) return TryReadPlace(line[InTextStart.Length..], text.Length - length, out header);
        else if (line.StartsWith(CutStart, StringComparison.Ordinal)) return TryReadCut(line[CutStart.Length..], text.Length - length, out header);
        else return false;
        return true;
    }

    private static bool TryReadPython(ReadOnlySpan<char> line, int available, out DocumentHeader header)
    {
        header = default;
        if (!PythonNote.TryRead(line, out PythonNote note, out ReadOnlySpan<char> rest)) return false;
        if (rest.StartsWith(ValueForm, StringComparison.Ordinal)) header = Value;
        else if (rest.StartsWith(LinesForm, StringComparison.Ordinal)) header = Lines;
        else if (!rest.StartsWith(InTextForm, StringComparison.Ordinal) || !TryReadPlace(rest[InTextForm.Length..], available, out header)) return false;
        header = header with { Python = note };
        return true;
    }

    private static bool TryReadSpelling(ReadOnlySpan<char> rest, out DocumentHeader header)
    {
        header = default;
        for (int i = 0; i < SpellingNames.Length; i++)
        {
            if (!rest.StartsWith(SpellingNames[i] + ")", StringComparison.Ordinal)) continue;
            header = new DocumentHeader(DocumentForm.InString, (JsonSpelling)i, 0, 0);
            return true;
        }

        return false;
    }

    private static bool TryReadCut(ReadOnlySpan<char> rest, int available, out DocumentHeader header)
    {
        const string After = "), after ";
        int after = rest.IndexOf(After, StringComparison.Ordinal);
        if (!TryReadSpelling(rest, out header) || after < 0 || !TryReadNumbers(rest[(after + After.Length)..], out int before, out int behind)) return false;
        if (behind > available) return false;
        header = new DocumentHeader(DocumentForm.Cut, header.Spelling, before, behind);
        return true;
    }

    private static bool TryReadPlace(ReadOnlySpan<char> rest, int available, out DocumentHeader header)
    {
        header = default;
        if (!TryReadNumbers(rest, out int before, out int after) || (long)before + after > available) return false;
        header = new DocumentHeader(DocumentForm.InText, default, before, after);
        return true;
    }

    private static bool TryReadNumbers(ReadOnlySpan<char> rest, out int before, out int after)
    {
        const string And = " and before ";
        before = after = 0;
        int and = rest.IndexOf(And, StringComparison.Ordinal);
        int of = rest.IndexOf(" characters of it", StringComparison.Ordinal);
        return and > 0 && of > and
            && int.TryParse(rest[..and], NumberStyles.None, CultureInfo.InvariantCulture, out before)
            && int.TryParse(rest[(and + And.Length)..of], NumberStyles.None, CultureInfo.InvariantCulture, out after);
    }
}

/// <summary>Marks a document uses, which its header explains.</summary>
[Flags]
internal enum DocumentMarks
{
    None = 0,

    /// <summary>A blank cell that stands for null.</summary>
    Null = 1,

    /// <summary>A blank cell that stands for a missing value.</summary>
    Absent = 2,

    /// <summary>A blank cell with nothing in it.</summary>
    Empty = 4,

    /// <summary>A blank cell with a dash in it.</summary>
    Dash = 8,

    /// <summary>Objects written as a name and their values.</summary>
    Shapes = 16,
}

/// <summary>What a document stands for.</summary>
internal enum DocumentForm
{
    /// <summary>One JSON value.</summary>
    Value,

    /// <summary>One JSON value a line.</summary>
    Lines,

    /// <summary>A JSON string whose text is JSON in a known spelling.</summary>
    InString,

    /// <summary>A JSON string, shown as its text.</summary>
    TextString,

    /// <summary>A JSON value with other text around it.</summary>
    InText,

    /// <summary>JSON that was cut off.</summary>
    Cut,
}
