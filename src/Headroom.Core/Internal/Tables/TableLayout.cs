using System.Text;

namespace Headroom.Internal.Tables;

/// <summary>How the cells of a table stand in its lines, and how they are written instead.</summary>
internal abstract class TableLayout
{
    /// <summary>How many cells a row has.</summary>
    public abstract int Columns { get; }

    /// <summary>What stands between cells in the encoded rows.</summary>
    public abstract char Separator { get; }

    /// <summary>The layout as the table line names it.</summary>
    public abstract string Describe();

    /// <summary>The cells of an original line, or <see langword="null"/> where this layout would not write that very line.</summary>
    public abstract string[]? Split(ReadOnlySpan<char> line);

    /// <summary>Writes the original line of a row.</summary>
    /// <returns><see langword="false"/> where the cells do not fit the layout.</returns>
    public abstract bool Join(IReadOnlyList<string> cells, StringBuilder line);

    /// <summary>Learns from all rows what a layout does not spell out, such as widths that follow from the widest cell.</summary>
    public virtual TableLayout Measured(IEnumerable<string[]> rows) => this;

    /// <summary>The fields of an encoded line, or <see langword="null"/> where there are not exactly <paramref name="count"/>.</summary>
    public virtual string[]? SplitEncoded(ReadOnlySpan<char> line, int count)
    {
        if (count == 0) return line.IsEmpty ? [] : null;
        string[] fields = new string[count];
        for (int i = 0; i < count - 1; i++)
        {
            int end = line.IndexOf(Separator);
            if (end < 0) return null;
            fields[i] = line[..end].ToString();
            line = line[(end + 1)..];
        }

        if (Separator != ' ' && line.Contains(Separator)) return null;
        fields[^1] = line.ToString();
        return fields;
    }

    /// <summary>Whether <see cref="SplitEncoded"/> gives back these fields when they are joined with <see cref="Separator"/>.</summary>
    public virtual bool CanEncode(IReadOnlyList<string> fields)
    {
        for (int i = 0; i < fields.Count; i++)
        {
            bool last = i == fields.Count - 1;
            if (Separator != ' ' ? fields[i].Contains(Separator) : fields[i].Length == 0 || (!last && fields[i].Contains(' '))) return false;
        }

        return true;
    }
}
