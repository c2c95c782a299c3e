namespace Headroom.SemanticKernel.Filters;

/// <summary>A marked part of a prompt: what stands between its signs, and the question in the first one.</summary>
internal readonly record struct MarkedPart(int Start, int End, int TextStart, int TextEnd, string? Question)
{
    private const string BeginOpen = "[[headroom", BeginClose = "]]";

    /// <summary>The marked parts of a prompt, in order. A sign without the other one is text. Linear.</summary>
    public static List<MarkedPart> FindAll(string prompt)
    {
        List<MarkedPart> parts = [];
        for (int at = 0; (at = prompt.IndexOf(BeginOpen, at, StringComparison.Ordinal)) >= 0;)
        {
            int after = at + BeginOpen.Length, close = after;
            bool plain = prompt.AsSpan(after).StartsWith(BeginClose, StringComparison.Ordinal), asks = !plain && prompt.AsSpan(after).StartsWith(":", StringComparison.Ordinal);
            if (asks) close = prompt.IndexOf(BeginClose, after, StringComparison.Ordinal);
            int text = close + BeginClose.Length;
            int end = (plain || asks) && close >= 0 ? prompt.IndexOf(HeadroomPrompt.End, text, StringComparison.Ordinal) : -1;
            if ((plain || asks) && (close < 0 || end < 0)) return parts; // no later sign can be closed either
            if (end < 0)
            {
                at = after;
                continue;
            }

            string question = asks ? prompt[(after + 1)..close].Trim() : "";
            int textStart = text < end && prompt[text] == '\n' ? text + 1 : text, textEnd = end > textStart && prompt[end - 1] == '\n' ? end - 1 : end;
            parts.Add(new MarkedPart(at, end + HeadroomPrompt.End.Length, textStart, textEnd, question.Length > 0 ? question : null));
            at = parts[^1].End;
        }

        return parts;
    }
}
