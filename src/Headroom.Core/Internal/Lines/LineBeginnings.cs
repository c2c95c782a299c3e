namespace Headroom.Internal.Lines;

/// <summary>A set of texts that lines may begin with. Each line is compared only with those that share its first character, so a long set costs no more than a short one.</summary>
internal sealed class LineBeginnings
{
    private readonly string[][] _byFirst = new string[128][];

    /// <param name="beginnings">Texts that begin with an ASCII character.</param>
    public LineBeginnings(params IEnumerable<string> beginnings)
    {
        Array.Fill(_byFirst, []);
        foreach (IGrouping<char, string> alike in beginnings.GroupBy(b => b[0])) _byFirst[alike.Key] = [.. alike];
    }

    /// <summary>Whether <paramref name="line"/> begins with one of the texts.</summary>
    public bool Begin(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || line[0] >= _byFirst.Length) return false;
        foreach (string beginning in _byFirst[line[0]])
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal)) return true;
        }

        return false;
    }
}
