using System.Text;

namespace Headroom.Internal.Tables;

/// <summary>CSV and its relatives: cells between separators, in quotes where they begin with one. Cells keep their quotes.</summary>
internal sealed class DelimitedLayout(char separator, int columns) : TableLayout
{
    public override int Columns => columns;

    public override char Separator => separator;

    public override string Describe() => separator switch { ',' => "csv", '\t' => "tsv", _ => $"csv {separator}" };

    /// <summary>Reads what <see cref="Describe"/> wrote; the number of columns comes from the template or header.</summary>
    public static char? SeparatorOf(ReadOnlySpan<char> description) => description switch
    {
        "csv" => ',',
        "tsv" => '\t',
        "csv ;" => ';',
        "csv |" => '|',
        _ => null,
    };

    public override string[]? Split(ReadOnlySpan<char> line) => SplitEncoded(line, columns);

    public override bool Join(IReadOnlyList<string> cells, StringBuilder line)
    {
        line.AppendJoin(separator, cells);
        return true;
    }

    public override string[]? SplitEncoded(ReadOnlySpan<char> line, int count)
    {
        if (count == 0) return line.IsEmpty ? [] : null;
        string[] fields = new string[count];
        int field = 0;
        while (true)
        {
            int end = FieldEnd(line, separator);
            if (end < 0 || field == count) return null;
            fields[field++] = line[..end].ToString();
            if (end == line.Length) break;
            line = line[(end + 1)..];
        }

        return field == count ? fields : null;
    }

    public override bool CanEncode(IReadOnlyList<string> fields)
    {
        foreach (string field in fields)
        {
            if (FieldEnd(field, separator) != field.Length) return false;
        }

        return true;
    }

    /// <summary>How many fields a line has; -1 where a quote stays open.</summary>
    public static int CountFields(ReadOnlySpan<char> line, char separator)
    {
        for (int count = 1; ; count++)
        {
            int end = FieldEnd(line, separator);
            if (end < 0) return -1;
            if (end == line.Length) return count;
            line = line[(end + 1)..];
        }
    }

    /// <summary>Where the first field ends: at a separator or the end of the line; -1 where its quote stays open.</summary>
    private static int FieldEnd(ReadOnlySpan<char> line, char separator)
    {
        int from = 0;
        if (line.StartsWith('"'))
        {
            from = 1;
            while (true)
            {
                int quote = line[from..].IndexOf('"');
                if (quote < 0) return -1;
                from += quote + 1;
                if (from >= line.Length || line[from] != '"') break;
                from++;
            }
        }

        int end = line[from..].IndexOf(separator);
        return end < 0 ? line.Length : from + end;
    }
}
