using System.Buffers;
using Headroom.Internal;

namespace Headroom.Compressors.Logs;

/// <summary>What a token of a line is.</summary>
internal enum TokenKind : byte
{
    /// <summary>Letters only: a word of a language, so what is constant in a log statement.</summary>
    Word,

    /// <summary>Anything with digits, slashes, dots and the like: a number, name, path or id.</summary>
    Value,

    /// <summary>A point in time.</summary>
    Time,
}

/// <summary>A token of a line: a range of the text.</summary>
internal readonly record struct LineToken(int Start, int Length, TokenKind Kind)
{
    public int End => Start + Length;
}

/// <summary>Splits a line into tokens and the delimiters between them. One instance is reused for all lines.</summary>
internal sealed class LineShape
{
    /// <summary>Lines with more tokens than this are data, not log statements; they stay as they are.</summary>
    public const int MaxTokens = 120;

    /// <summary>Longer lines are data or dumps; they stay as they are.</summary>
    public const int MaxLineLength = 4_000;

    private static readonly SearchValues<char> Delimiters = SearchValues.Create(" \t\"'()[]{}<>,;=|");
    private static readonly SearchValues<char> PathEnds = SearchValues.Create(" \t\"'()[]{}<>");

    private readonly LineToken[] _tokens = new LineToken[MaxTokens];

    public int Count { get; private set; }

    /// <summary>Hash of the delimiters and of the kinds of spelling of times: lines with different skeletons never share a template.</summary>
    public ulong Skeleton { get; private set; }

    public ReadOnlySpan<LineToken> Tokens => _tokens.AsSpan(0, Count);

    /// <summary>Tokenizes a line. Positions are absolute in the text that <paramref name="lineStart"/> is counted in.</summary>
    /// <returns><see langword="false"/> when the line is too long or has too many tokens.</returns>
    public bool TryRead(ReadOnlySpan<char> line, int lineStart)
    {
        Count = 0;
        if (line.Length > MaxLineLength) return false;
        ulong skeleton = Fnv1a.Seed;
        bool hasTime = TimeScanner.TryFind(line, 0, out int timeStart, out int timeLength);
        bool inQuotes = false;
        int i = 0;
        while (i < line.Length)
        {
            if (Count == MaxTokens) return false;
            if (hasTime && i == timeStart)
            {
                skeleton = Fnv1a.Mix(Fnv1a.Mix(skeleton, 2), TimeScanner.Spelling(line.Slice(timeStart, timeLength)));
                _tokens[Count++] = new LineToken(lineStart + timeStart, timeLength, TokenKind.Time);
                i = timeStart + timeLength;
                hasTime = TimeScanner.TryFind(line, i, out timeStart, out timeLength);
                continue;
            }

            char c = line[i];
            int end = hasTime ? timeStart : line.Length;
            if (c == '"') inQuotes = !inQuotes;
            if (c == '"' && inQuotes && QuotedEnd(line[..end], i) is int quoteEnd and > 0)
            {
                inQuotes = false;
                skeleton = Fnv1a.Mix(Fnv1a.Mix(Fnv1a.Mix(skeleton, '"'), 1), '"');
                _tokens[Count++] = new LineToken(lineStart + i + 1, quoteEnd - i - 1, KindOf(line[(i + 1)..quoteEnd]));
                i = quoteEnd + 1;
                continue;
            }

            if (Delimiters.Contains(c) || c == ':')
            {
                skeleton = Fnv1a.Mix(skeleton, c);
                i++;
                continue;
            }

            int length = TokenLength(line[i..end]);
            if (length == 0)
            {
                skeleton = Fnv1a.Mix(skeleton, c); // punctuation that stands alone is a delimiter
                i++;
                continue;
            }

            skeleton = Fnv1a.Mix(skeleton, 1);
            _tokens[Count++] = new LineToken(lineStart + i, length, KindOf(line.Slice(i, length)));
            i += length;
        }

        Skeleton = skeleton;
        return true;
    }

    /// <summary>Length of the token at the start, without the punctuation that ends a phrase; 0 when it is punctuation only.</summary>
    private static int TokenLength(ReadOnlySpan<char> rest)
    {
        int length = rest.IndexOfAny(Delimiters);
        if (length < 0) length = rest.Length;
        if (rest[..length].Contains('/'))
        {
            length = rest.IndexOfAny(PathEnds); // the query of a URL holds = and , and ;
            if (length < 0) length = rest.Length;
        }

        while (length > 0 && rest[length - 1] is ':' or '.' or ',' or ';' or '!' or '?' or '-' or '*' or '_' or '|' or '=') length--;
        return length;
    }

    /// <summary>A quoted string is one token when it has no blank (a key, a URL) or looks like a user agent; other quoted phrases are split.</summary>
    private static int QuotedEnd(ReadOnlySpan<char> line, int open)
    {
        int length = line[(open + 1)..].IndexOf('"');
        if (length is <= 0 or > 400) return 0;
        ReadOnlySpan<char> content = line.Slice(open + 1, length);
        if (!content.Contains(' ')) return open + 1 + length;
        bool isAgent = content.Contains('(') && content[..content.IndexOf(' ')].Contains('/');
        return isAgent ? open + 1 + length : 0;
    }

    private static TokenKind KindOf(ReadOnlySpan<char> token)
    {
        foreach (char c in token)
        {
            if (!char.IsAsciiLetter(c) && c < 128) return TokenKind.Value;
        }

        return TokenKind.Word;
    }
}
