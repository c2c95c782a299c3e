namespace Headroom.Conversation.References;

/// <summary>Names a tool call the way a reader would: the tool and the first thing it was asked about.</summary>
internal static class CallLabel
{
    /// <summary>A longer argument is cut: the label must tell calls apart, not repeat them, and it is paid for in every reference.</summary>
    private const int MaxArgument = 60;

    /// <summary>The tool's name and its first string argument, on one line of printable text.</summary>
    public static string Of(string? toolName, string? arguments)
    {
        string argument = FirstString(arguments ?? "");
        string name = string.IsNullOrEmpty(toolName) ? "a tool" : OneLine(toolName);
        return argument.Length == 0 ? name : name + " " + argument;
    }

    /// <summary>The first string value of a JSON object: the string after the first colon. Text that is not JSON is taken as it is.</summary>
    private static string FirstString(string arguments)
    {
        int colon = arguments.IndexOf(':', StringComparison.Ordinal);
        int quote = colon < 0 ? -1 : arguments.IndexOf('"', colon);
        if (!arguments.AsSpan().TrimStart().StartsWith("{")) return OneLine(arguments);
        if (quote < 0) return "";
        int end = quote + 1;
        while (end < arguments.Length && arguments[end] != '"') end += arguments[end] == '\\' ? 2 : 1;
        return OneLine(arguments[(quote + 1)..Math.Min(end, arguments.Length)].Replace("\\n", " ", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal));
    }

    /// <summary>The beginning of a text, on one line, without what a marker or reference is made of.</summary>
    public static string OneLine(string text)
    {
        ReadOnlySpan<char> cut = text.AsSpan(0, Math.Min(MaxArgument, text.Length)).Trim();
        Span<char> line = stackalloc char[MaxArgument];
        int length = 0;
        foreach (char c in cut) line[length++] = char.IsControl(c) || char.IsSurrogate(c) || c is '[' or ']' ? ' ' : c;
        string result = line[..length].ToString();
        return cut.Length < text.AsSpan().Trim().Length ? result + "..." : result;
    }
}
