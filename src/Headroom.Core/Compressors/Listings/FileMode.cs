namespace Headroom.Compressors.Listings;

/// <summary>Permissions as people write them: <c>-rw-r--r--</c> is -644, <c>drwxr-xr-x</c> is d755.</summary>
internal static class FileMode
{
    private static readonly string[] Digits = ["---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx"];

    /// <summary>The short form; the long one where special bits are set.</summary>
    public static string Shorten(string mode)
    {
        Span<char> digits = stackalloc char[3];
        for (int i = 0; i < 3; i++)
        {
            int digit = Array.IndexOf(Digits, mode.Substring(1 + i * 3, 3));
            if (digit < 0) return mode;
            digits[i] = (char)('0' + digit);
        }

        return string.Concat(mode.AsSpan(0, 1), digits, mode.AsSpan(10));
    }

    /// <summary>The form <c>ls</c> prints; <see langword="null"/> when <paramref name="mode"/> is neither form.</summary>
    public static string? Expand(string mode)
    {
        if (IsLong(mode)) return mode;
        if (mode.Length < 4 || mode[0] is not ('-' or 'd' or 'l' or 'b' or 'c' or 'p' or 's')) return null;
        string text = mode[..1];
        for (int i = 1; i < 4; i++)
        {
            if (mode[i] is < '0' or > '7') return null;
            text += Digits[mode[i] - '0'];
        }

        return text + mode[4..];
    }

    /// <summary>Whether a text starts with permissions as <c>ls</c> prints them.</summary>
    public static bool IsLong(ReadOnlySpan<char> text)
    {
        if (text.Length < 10 || text[0] is not ('-' or 'd' or 'l' or 'b' or 'c' or 'p' or 's')) return false;
        foreach (char c in text[1..10])
        {
            if (c is not ('r' or 'w' or 'x' or '-' or 's' or 'S' or 't' or 'T')) return false;
        }

        return true;
    }
}
