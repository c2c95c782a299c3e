using System.Text;
using System.Text.Json;

namespace Headroom.Cli.Wire;

/// <summary>Whether two JSON texts say the same: the same tokens in the same order, numbers spelled alike; white space and escapes are free.</summary>
internal static class JsonSame
{
    /// <param name="left">A text; need not be JSON.</param>
    /// <param name="right">A JSON value.</param>
    public static bool Are(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var options = new JsonReaderOptions { MaxDepth = int.MaxValue };
        Utf8JsonReader one = new(left, options), other = new(right, options);
        try
        {
            while (one.Read())
            {
                if (!other.Read() || !IsSame(ref one, ref other)) return false;
            }

            return !other.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsSame(ref Utf8JsonReader one, ref Utf8JsonReader other)
    {
        if (one.TokenType != other.TokenType) return false;
        if (one.ValueSpan.SequenceEqual(other.ValueSpan) && one.ValueIsEscaped == other.ValueIsEscaped) return true;
        return one.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && TextOf(ref one) == TextOf(ref other);
    }

    private static string TextOf(ref Utf8JsonReader reader) => reader.ValueIsEscaped ? JsonText.Decode(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
}
