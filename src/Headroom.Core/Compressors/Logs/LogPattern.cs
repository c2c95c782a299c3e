using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Headroom.Compressors.Logs;

internal enum PieceKind
{
    Literal,
    Field,
    Time,

    /// <summary>Repeats an earlier field of the same record.</summary>
    Same,
}

/// <summary>A piece of a pattern.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">Literal text, or the value in the record that shows the pattern.</param>
/// <param name="Field">Number of the field (for <see cref="PieceKind.Same"/>: of the repeated one); -1 for literals.</param>
internal readonly record struct PatternPiece(PieceKind Kind, string Text, int Field);

/// <summary>A pattern as its definition line tells it: a name, and a record in which the values are in brackets.</summary>
internal sealed class LogPattern
{
    private LogPattern(string name, int lines, List<PatternPiece> pieces)
    {
        Name = name;
        Lines = lines;
        Pieces = pieces;
        Values = [.. pieces.Where(p => p.Kind is PieceKind.Field or PieceKind.Time).Select(p => p.Text)];
        LeadingTime = pieces.FirstOrDefault(p => p.Kind == PieceKind.Time, new PatternPiece(PieceKind.Literal, "", -1)).Field;
        LastField = Values.Length - 1 == LeadingTime ? Values.Length - 2 : Values.Length - 1;
        Kinds = [.. pieces.Where(p => p.Kind is PieceKind.Field or PieceKind.Time).Select(p => p.Kind)];
    }

    public string Name { get; }

    public int Lines { get; }

    public IReadOnlyList<PatternPiece> Pieces { get; }

    /// <summary>The values of the last record of this pattern.</summary>
    public string[] Values { get; }

    public PieceKind[] Kinds { get; }

    /// <summary>Number of the first time field, which leads each row; -1 when there is none.</summary>
    public int LeadingTime { get; }

    /// <summary>Number of the last field of a row, which takes all that is left of it, blanks included.</summary>
    public int LastField { get; }

    /// <summary>Whether <paramref name="name"/> may name a pattern.</summary>
    public static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is > 0 and <= 16 && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(FoldedSyntax.NameCharacters);

    /// <summary>Reads <c>NAME= line</c> or <c>NAME(3)= line</c> up to the record itself.</summary>
    public static bool TryReadHead(ReadOnlySpan<char> line, out ReadOnlySpan<char> name, out int lines, out int bodyStart)
    {
        name = default;
        lines = 1;
        bodyStart = 0;
        int end = line.IndexOfAnyExcept(FoldedSyntax.NameCharacters);
        if (end <= 0 || !IsName(line[..end])) return false;
        name = line[..end];
        if (line[end] == '(')
        {
            int close = line.IndexOf(')');
            if (close < 0 || !int.TryParse(line[(end + 1)..close], NumberStyles.None, CultureInfo.InvariantCulture, out lines) || lines is < 2 or > 64) return false;
            end = close + 1;
        }

        if (!line[end..].StartsWith("= ", StringComparison.Ordinal)) return false;
        bodyStart = end + 2;
        return true;
    }

    /// <summary>Reads the record with its values in brackets.</summary>
    public static bool TryParse(string name, int lines, ReadOnlySpan<char> body, char open, char close, [NotNullWhen(true)] out LogPattern? pattern)
    {
        pattern = null;
        List<PatternPiece> pieces = [];
        int fields = 0;
        while (body.Length > 0)
        {
            int at = body.IndexOf(open);
            if (at != 0) pieces.Add(new PatternPiece(PieceKind.Literal, (at < 0 ? body : body[..at]).ToString(), -1));
            if (at < 0) break;
            int length = body[(at + 1)..].IndexOf(close);
            if (length < 0) return false;
            string value = body.Slice(at + 1, length).ToString();
            body = body[(at + length + 2)..];
            if (value.StartsWith('='))
            {
                int same = pieces.FindIndex(p => p.Kind is PieceKind.Field or PieceKind.Time && p.Text.AsSpan().SequenceEqual(value.AsSpan(1)));
                if (same < 0) return false;
                pieces.Add(new PatternPiece(PieceKind.Same, value[1..], pieces[same].Field));
            }
            else
            {
                pieces.Add(new PatternPiece(TimeScanner.IsTime(value) ? PieceKind.Time : PieceKind.Field, value, fields++));
            }
        }

        pattern = new LogPattern(name, lines, pieces);
        return true;
    }
}
