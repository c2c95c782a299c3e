using Headroom.Tokens;

namespace Headroom.Retrieval;

/// <summary>Answers what part of an original a request asks for: exactly, and never longer than asked. See docs/retrieval.md.</summary>
/// <remarks>Pure and thread-safe. Linear in the original, whatever it holds.</remarks>
public static class OriginalRetriever
{
    /// <summary>The answer to <paramref name="request"/> out of <paramref name="original"/>.</summary>
    /// <param name="original">The original, as it was before anything was left out.</param>
    /// <param name="request">What is wanted. Its id is not looked at.</param>
    /// <param name="tokens">Counts the tokens of the answer.</param>
    /// <returns>
    /// The original itself, byte for byte, when no part is named and it fits; otherwise one header line in brackets, and then verbatim text.
    /// Never throws but for wrong arguments.
    /// </returns>
    public static string Answer(string original, RetrievalRequest request, ITokenCounter tokens)
    {
        ArgumentNullException.ThrowIfNull(original);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tokens);
        bool isWhole = request.Path is null && request.Query is null && request.Lines.Count == 0;
        if (isWhole && TokenFit.PrefixLength(original, request.MaxTokens, tokens) == original.Length) return original;

        // A token may span the seam of two pieces, so the sum of their counts can be off by a few: the whole answer is counted, and made again smaller.
        var lines = new TextLines(original);
        string answer;
        int budget = request.MaxTokens;
        do
        {
            var page = new AnswerPage(lines, tokens, budget);
            answer = request.Path is not null ? PathAnswer.Write(page, request)
                : request.Query is not null ? QueryAnswer.Write(page, request)
                : LinesAnswer.Write(page, request);
            int excess = tokens.Count(answer) - request.MaxTokens;
            if (excess <= 0) return answer;
            budget -= excess + 4;
        }
        while (budget > 0);

        return answer[..TokenFit.PrefixLength(answer, request.MaxTokens, tokens)]; // a header alone exceeds the limit: keys or queries of absurd length
    }
}
