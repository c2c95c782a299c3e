using System.Text;
using Headroom.Internal.Json;

namespace Headroom.Compressors.Json;

/// <summary>JSON in a usual spelling that was cut off: what stands before the cut is completed, and restored by spelling it again and cutting it again.</summary>
internal static class CutJson
{
    /// <summary>Characters below which a cut text is left alone.</summary>
    private const int MinLength = 400;

    /// <summary>Characters behind the last complete value at most: they stay as they are.</summary>
    private const int MaxRest = 4000;

    /// <summary>The document form of a text that was cut off; <see langword="null"/> when it is not JSON in a usual spelling.</summary>
    public static ReformattedCandidate? Reformat(string text)
    {
        if (text.Length < MinLength || text[0] is not ('{' or '[') || Complete(text, out int cut) is not { } complete) return null;
        if (text.Length - cut > MaxRest || JsonParser.Parse(complete) is not { } tape || tape.MaxDepth > DocumentPlan.MaxDepth) return null;
        foreach (JsonSpelling spelling in JsonWriter.Spellings)
        {
            if (!JsonWriter.Looks(tape, spelling)) continue;
            var spelled = new StringBuilder(complete.Length);
            JsonWriter.Append(spelled, tape, 0, spelling);
            if (!spelled.ToString().AsSpan().StartsWith(text.AsSpan(0, cut), StringComparison.Ordinal)) continue;
            var header = new DocumentHeader(DocumentForm.Cut, spelling, cut, text.Length - cut);
            return new ReformattedCandidate("cut", DocumentWriter.Write(tape, DocumentPlan.Create(tape), header, default, text.AsSpan(cut)), Equivalence.Bytes);
        }

        return null;
    }

    /// <summary>The text up to the last complete value, with the brackets that are open there closed.</summary>
    private static string? Complete(string text, out int cut)
    {
        cut = LastCompleteValue(text, text.Length, null);
        if (cut == 0) return null;
        var open = new Stack<char>();
        LastCompleteValue(text, cut, open);
        return string.Concat(text.AsSpan(0, cut), string.Concat(open));
    }

    /// <summary>Where the last value before <paramref name="end"/> is complete: behind a closing bracket or before a comma.</summary>
    private static int LastCompleteValue(string text, int end, Stack<char>? open)
    {
        int last = 0, depth = 0;
        bool inString = false;
        for (int i = 0; i < end; i++)
        {
            char c = text[i];
            if (inString)
            {
                if (c == '\\') i++;
                else if (c == '"') inString = false;
                continue;
            }

            switch (c)
            {
                case '"': inString = true; break;
                case ',': last = i; break;
                case '{' or '[':
                    depth++;
                    open?.Push(c == '{' ? '}' : ']');
                    break;
                case '}' or ']':
                    if (--depth < 0) return last;
                    open?.TryPop(out _);
                    last = i + 1;
                    break;
            }
        }

        return last;
    }
}
