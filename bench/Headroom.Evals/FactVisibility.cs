using System.Text.RegularExpressions;

namespace Headroom.Evals;

/// <summary>Whether a fact can still be read: literally, or each of its words (a table keeps the words, not the punctuation).</summary>
internal static partial class FactVisibility
{
    public static bool IsVisible(string fact, string text) =>
        text.Contains(fact, StringComparison.Ordinal)
        || Words().Matches(fact).Select(m => m.Value).Where(w => w.Length > 1).All(w => text.Contains(w, StringComparison.Ordinal));

    [GeneratedRegex(@"[\p{L}\p{N}_][\p{L}\p{N}_.\-/@:]*[\p{L}\p{N}_]|[\p{L}\p{N}_]", RegexOptions.NonBacktracking)]
    private static partial Regex Words();
}
