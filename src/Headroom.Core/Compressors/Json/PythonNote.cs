using System.Globalization;
using System.Text;
using Headroom.Internal.Python;

namespace Headroom.Compressors.Json;

/// <summary>What the header of a document says of Python data: how its repr is restored from the values.</summary>
/// <param name="Style">What the values themselves do not show.</param>
/// <param name="EndsLine">Whether the text ends with a line end.</param>
/// <param name="Cut">How many characters of the data there are, where it was cut off; 0 where it was not.</param>
internal readonly record struct PythonNote(ReprStyle Style, bool EndsLine, int Cut)
{
    private const string Language = "# Python";
    private const string Tuples = "tuples at ";
    private const string Calls = "calls";
    private const string BareKeys = "bare keys";
    private const string LineEnd = "line end";
    private const string CutAt = "cut at ";

    /// <summary>Writes the start of a header: <c># Python (tuples at 2, calls, line end)</c>.</summary>
    public void Write(StringBuilder output)
    {
        List<string> notes = [];
        if (Style.Tuples != 0) notes.Add(Tuples + string.Join(' ', Levels()));
        if (Style.HasCalls) notes.Add(Calls);
        if (Style.HasBareKeys) notes.Add(BareKeys);
        if (EndsLine) notes.Add(LineEnd);
        if (Cut > 0) notes.Add(CutAt + Cut.ToString(CultureInfo.InvariantCulture));
        output.Append(Language);
        if (notes.Count > 0) output.Append(" (").AppendJoin(", ", notes).Append(')');
    }

    /// <summary>Reads it; <paramref name="rest"/> is what follows.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out PythonNote note, out ReadOnlySpan<char> rest)
    {
        note = default;
        rest = default;
        if (!line.StartsWith(Language, StringComparison.Ordinal)) return false;
        rest = line[Language.Length..];
        if (!rest.StartsWith(" (", StringComparison.Ordinal)) return true;
        int close = rest.IndexOf(')');
        if (close < 0) return false;
        ReadOnlySpan<char> notes = rest[2..close];
        foreach (Range range in notes.Split(", "))
        {
            ReadOnlySpan<char> one = notes[range];
            if (one.SequenceEqual(Calls)) note = note with { Style = note.Style with { HasCalls = true } };
            else if (one.SequenceEqual(BareKeys)) note = note with { Style = note.Style with { HasBareKeys = true } };
            else if (one.SequenceEqual(LineEnd)) note = note with { EndsLine = true };
            else if (one.StartsWith(Tuples, StringComparison.Ordinal) && TryReadLevels(one[Tuples.Length..], out ulong levels)) note = note with { Style = note.Style with { Tuples = levels } };
            else if (one.StartsWith(CutAt, StringComparison.Ordinal) && int.TryParse(one[CutAt.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out int cut)) note = note with { Cut = cut };
            else return false;
        }

        rest = rest[(close + 1)..];
        return true;
    }

    /// <summary>The levels of tuples, the outermost being 1.</summary>
    private IEnumerable<string> Levels()
    {
        for (int depth = 0; depth < ReprStyle.MaxDepth; depth++)
            if (Style.IsTuple(depth)) yield return (depth + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static bool TryReadLevels(ReadOnlySpan<char> text, out ulong levels)
    {
        levels = 0;
        foreach (Range range in text.Split(' '))
        {
            if (!int.TryParse(text[range], NumberStyles.None, CultureInfo.InvariantCulture, out int level) || level is < 1 or > ReprStyle.MaxDepth) return false;
            levels |= 1UL << (level - 1);
        }

        return true;
    }
}
