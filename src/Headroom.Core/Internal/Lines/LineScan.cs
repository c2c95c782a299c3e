namespace Headroom.Internal.Lines;

/// <summary>Reads a line of our own grammar from left to right.</summary>
internal ref struct LineScan(ReadOnlySpan<char> rest)
{
    /// <summary>What has not been read yet.</summary>
    public ReadOnlySpan<char> Rest { get; private set; } = rest;

    /// <summary>Reads <paramref name="literal"/> if it is next.</summary>
    public bool Skip(string literal)
    {
        if (!Rest.StartsWith(literal, StringComparison.Ordinal)) return false;
        Rest = Rest[literal.Length..];
        return true;
    }

    /// <summary>Reads <paramref name="literal"/> if it is all that is left.</summary>
    public bool SkipLast(string literal) => Skip(literal) && Rest.IsEmpty;

    /// <summary>Reads a number of at most nine digits without a leading zero; 0 itself is allowed.</summary>
    public bool Number(out int value)
    {
        value = 0;
        int digits = 0;
        while (digits < Rest.Length && digits < 10 && char.IsAsciiDigit(Rest[digits])) digits++;
        if (digits is 0 or 10 || (digits > 1 && Rest[0] == '0')) return false;
        foreach (char digit in Rest[..digits]) value = value * 10 + digit - '0';
        Rest = Rest[digits..];
        return true;
    }
}
