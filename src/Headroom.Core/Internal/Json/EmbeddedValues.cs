namespace Headroom.Internal.Json;

/// <summary>Finds the JSON values embedded in a text: <c>{…}</c> or <c>[…]</c> that parses, outermost first, from left to right.</summary>
/// <remarks>Linear: attempts draw on a budget of a few times the text, after which the rest counts as text.</remarks>
internal sealed class EmbeddedValues(string text)
{
    /// <summary>A value shorter than this is text: below it brackets are mostly punctuation, not JSON.</summary>
    public const int MinLength = 10;

    private long _budget = 4L * text.Length + 1000;
    private JsonTape _tape = new(text, 64);
    private int _at;

    /// <summary>Whether so much of the budget is left that another spelling of the values would not exhaust it either.</summary>
    public bool IsReliable => _budget > 2L * text.Length;

    /// <summary>The next value; <see langword="null"/> when there is none.</summary>
    public JsonTape? Next()
    {
        while (_budget > 0)
        {
            int open = text.AsSpan(_at).IndexOfAny('{', '[');
            if (open < 0) return null;
            _at += open;
            int stop = _at;
            _tape.Truncate(0);
            bool found = JsonParser.TryReadValue(_tape, ref stop, text.Length) && stop - _at >= MinLength;
            _budget -= stop - _at;
            _at = found ? stop : _at + 1;
            if (!found) continue;
            JsonTape value = _tape;
            _tape = new JsonTape(text, 64);
            return value;
        }

        return null;
    }
}
