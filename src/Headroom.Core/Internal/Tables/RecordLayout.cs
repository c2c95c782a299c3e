using System.Text;

namespace Headroom.Internal.Tables;

/// <summary>Blocks of lines that are the same but for a few places.</summary>
/// <param name="literals">What stands before, between and after the places: one more than there are places.</param>
/// <param name="lines">How many lines a block has.</param>
/// <param name="separator">What stands between the cells of an encoded row.</param>
internal sealed class RecordLayout(IReadOnlyList<string> literals, int lines, char separator) : TableLayout
{
    public override int Columns => literals.Count - 1;

    public override char Separator => separator;

    /// <summary>How many lines a block has.</summary>
    public int Lines => lines;

    /// <summary>What every block begins with.</summary>
    public string Lead => literals[0];

    public override string Describe() => separator switch { ' ' => "by blank", '\t' => "by tab", _ => $"by {separator}" };

    /// <summary>Reads what <see cref="Describe"/> wrote.</summary>
    public static char? SeparatorOf(ReadOnlySpan<char> description) => description switch
    {
        "by blank" => ' ',
        "by tab" => '\t',
        "by |" => '|',
        _ => null,
    };

    public RecordLayout With(char other) => new(literals, lines, other);

    public override string[]? Split(ReadOnlySpan<char> line)
    {
        if (!line.StartsWith(literals[0], StringComparison.Ordinal)) return null;
        line = line[literals[0].Length..];
        string[] cells = new string[Columns];
        for (int i = 0; i < cells.Length; i++)
        {
            string next = literals[i + 1];
            int end = i + 1 < cells.Length ? line.IndexOf(next, StringComparison.Ordinal) : line.Length - next.Length;
            if (end < 0 || !line[end..].StartsWith(next, StringComparison.Ordinal) || line[..end].Contains('\n')) return null;
            cells[i] = line[..end].ToString();
            line = line[(end + next.Length)..];
        }

        return line.IsEmpty ? cells : null;
    }

    public override bool Join(IReadOnlyList<string> cells, StringBuilder line)
    {
        for (int i = 0; i < cells.Count; i++) line.Append(literals[i]).Append(cells[i]);
        line.Append(literals[^1]);
        return true;
    }

    /// <summary>The lines of a template, each place written as its code in braces; <see langword="null"/> where that could be misread.</summary>
    public string? Template(IReadOnlyList<ColumnCode> codes)
    {
        var text = new StringBuilder(literals[0]);
        int codesWritten = 0;
        for (int i = 0; i < codes.Count; i++)
        {
            ColumnCode code = codes[i];
            if (code.Kind == ColumnCodeKind.Constant)
            {
                text.Append(code.First);
            }
            else
            {
                if (code.Kind == ColumnCodeKind.Affix) text.Append(code.First);
                text.Append('{').Append(code.Kind is ColumnCodeKind.Affix ? "*" : code.Kind is ColumnCodeKind.SectionHead ? "@*" : code.ToString()).Append('}');
                if (code.Kind is ColumnCodeKind.Affix or ColumnCodeKind.SectionHead) text.Append(code.Last);
                codesWritten++;
            }

            text.Append(literals[i + 1]);
        }

        string template = text.ToString();
        return ParseTemplate(template, separator, out ColumnCode[]? read) is not null && read.Length == codesWritten ? template : null;
    }

    /// <summary>Reads what <see cref="Template"/> wrote: the layout without its constant places, and the codes of the others.</summary>
    public static RecordLayout? ParseTemplate(ReadOnlySpan<char> template, char separator, out ColumnCode[] codes)
    {
        List<string> literals = [];
        List<ColumnCode> read = [];
        codes = [];
        int lines = template.Count('\n') + 1;
        while (true)
        {
            int open = NextCode(template);
            if (open < 0) break;
            int close = template[open..].IndexOf('}');
            if (close < 0 || ColumnCode.Parse(template[(open + 1)..(open + close)].ToString()) is not { } code || !IsPlace(code)) return null;
            literals.Add(template[..open].ToString());
            read.Add(code);
            template = template[(open + close + 1)..];
        }

        literals.Add(template.ToString());
        codes = [.. read];
        return new RecordLayout(literals, lines, separator);
    }

    private static int NextCode(ReadOnlySpan<char> template)
    {
        int star = template.IndexOf("{*", StringComparison.Ordinal), at = template.IndexOf("{@", StringComparison.Ordinal);
        return star < 0 ? at : at < 0 ? star : Math.Min(star, at);
    }

    private static bool IsPlace(ColumnCode code) =>
        code.Kind is not (ColumnCodeKind.Constant or ColumnCodeKind.Affix) && code.Last.Length == 0 && !code.First.Contains('\n');
}
