namespace Headroom.Internal.Json;

/// <summary>Tells from its first characters whether a text is JSON beyond doubt, so that other kinds need not look at its lines.</summary>
internal static class JsonBeginning
{
    /// <summary>Whether an object with a key, or an array of objects, arrays or strings, begins the text. Sections (<c>[a]</c>) and times (<c>[12:00]</c>) do not pass.</summary>
    public static bool IsJson(ReadOnlySpan<char> text)
    {
        text = text.TrimStart("\ufeff \t\r\n");
        if (text.IsEmpty || text[0] is not ('{' or '[')) return false;
        ReadOnlySpan<char> next = text[1..].TrimStart(" \t\r\n");
        return next.StartsWith('"') || (text[0] == '[' && (next.StartsWith('{') || next.StartsWith('[')));
    }

    /// <summary>Whether the text is such JSON, indented: its first line holds brackets only.</summary>
    public static bool IsIndented(ReadOnlySpan<char> text)
    {
        ReadOnlySpan<char> start = text.TrimStart("\ufeff \t\r\n");
        int end = start.IndexOf('\n');
        return end > 0 && start[..end].Trim("{[ \t\r").IsEmpty && IsJson(start);
    }
}
