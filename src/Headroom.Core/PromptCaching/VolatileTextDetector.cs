using System.Buffers;

namespace Headroom.PromptCaching;

/// <summary>Finds text that differs from one request to the next: in a prefix that is meant to stay, it makes a prompt cache miss everything behind it.</summary>
/// <remarks>
/// Pure; linear in the text. Tells positions and kinds, never content. Written to be silent when in doubt: versions, ports, plain dates, dates with
/// words such as "e.g." before them and values of quoted keys are not reported.
/// </remarks>
public static class VolatileTextDetector
{
    /// <summary>Characters looked at on either side of a difference: labels and values are read within some 60, and twice that holds whatever covers it.</summary>
    private const int Reach = 128;

    /// <summary>Characters behind a number that must be the same: two or three words.</summary>
    private const int SameBehind = 16;

    private static readonly SearchValues<char> s_wordCharacters = SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Finds all volatile texts, in order; they do not overlap.</summary>
    /// <param name="text">The text to look through.</param>
    public static IReadOnlyList<VolatileText> Find(ReadOnlySpan<char> text)
    {
        List<VolatileText> found = [];
        for (int at = 0; NextWord(text, ref at, out int end);)
        {
            if (VolatileWords.TryRead(text, at, end, isKnownToDiffer: false, out VolatileText volatileText))
            {
                found.Add(volatileText);
                at = volatileText.End;
            }
            else
            {
                at = end;
            }
        }

        return found;
    }

    /// <summary>What stands at the place where two versions of a text begin to differ, if it is the same kind of volatile text in both.</summary>
    internal static VolatileText? AtDifference(ReadOnlySpan<char> earlier, ReadOnlySpan<char> later, int offset)
    {
        if (At(later, offset) is not { } now || At(earlier, offset) is not { } before || now.Kind != before.Kind) return null;
        if (now.Kind is not (VolatileTextKind.Counter or VolatileTextKind.RandomText)) return now;
        // Numbers begin many a sentence: it is only a counter when nothing but the number changed.
        ReadOnlySpan<char> behindBefore = Behind(earlier, before), behindNow = Behind(later, now);
        return behindBefore.SequenceEqual(behindNow) ? now : null;
    }

    private static ReadOnlySpan<char> Behind(ReadOnlySpan<char> text, VolatileText found) => text.Slice(found.End, Math.Min(SameBehind, text.Length - found.End));

    /// <summary>As above, of one text. Since the text is known to differ here, a number is a counter and a date needs no words that say so.</summary>
    private static VolatileText? At(ReadOnlySpan<char> text, int offset)
    {
        int start = Math.Max(0, offset - Reach), stop = Math.Min(text.Length, offset + Reach);
        while (start > 0 && char.IsAsciiLetterOrDigit(text[start]) && char.IsAsciiLetterOrDigit(text[start - 1]) && offset - start < 2 * Reach) start--;
        ReadOnlySpan<char> window = text[start..stop];
        for (int at = 0; NextWord(window, ref at, out int end) && start + at <= offset;)
        {
            if (VolatileLabels.TryRead(window, at, end, out VolatileText found) && Covers(found, offset - start)) return found with { Offset = start + found.Offset };
            if (VolatileWords.TryRead(window, at, end, isKnownToDiffer: true, out found))
            {
                if (Covers(found, offset - start)) return found with { Offset = start + found.Offset };
                end = found.End;
            }

            at = end;
        }

        return null;
    }

    /// <summary>A number that is longer than before differs right behind the digits they share.</summary>
    private static bool Covers(VolatileText found, int offset) => found.Offset <= offset && found.End >= offset;

    private static bool NextWord(ReadOnlySpan<char> text, ref int at, out int end)
    {
        end = at;
        if (at >= text.Length) return false;
        int start = text[at..].IndexOfAny(s_wordCharacters);
        if (start < 0) return false;
        at += start;
        int length = text[at..].IndexOfAnyExcept(s_wordCharacters);
        end = length < 0 ? text.Length : at + length;
        return true;
    }
}
