using System.Buffers;
using System.Text;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Tests.Wire;

public sealed class JsonTextTests
{
    [Fact]
    public void Every_text_survives_writing_and_decoding()
    {
        var random = new Random(20260304);
        char[] alphabet = ['a', ' ', '"', '\\', '\n', '\r', '\t', '\b', '\f', '\0', '\u001f', '\u007f', 'é', '\u2028', '\uFEFF', '\uFFFF', '\uD800', '\uDBFF', '\uDC00', '\uDFFF', '/'];
        for (int round = 0; round < 2_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(40)).Select(_ => alphabet[random.Next(alphabet.Length)])]);
            Assert.Equal(text, RoundTrip(text));
        }
    }

    [Fact]
    public void Pairs_and_halves_at_every_boundary_of_a_chunk_survive()
    {
        for (int length = 8_188; length < 8_196; length++)
        {
            foreach (string tail in new[] { "\U0001F600", "\uD83D", "\uDE00", "\uD83D\uD83D\uDE00", "é\n" })
            {
                string text = new string('x', length) + tail + "end";
                Assert.Equal(text, RoundTrip(text));
            }
        }
    }

    [Theory]
    [InlineData("\\u0041\\u00e9", "Aé")]
    [InlineData("\\uD83D\\uDE00", "\U0001F600")]
    [InlineData("\\b\\f\\n\\r\\t\\/\\\"\\\\", "\b\f\n\r\t/\"\\")]
    public void Escapes_are_decoded(string escaped, string text) => Assert.Equal(text, JsonText.Decode(Encoding.UTF8.GetBytes(escaped)));

    private static string RoundTrip(string text)
    {
        var output = new ArrayBufferWriter<byte>();
        JsonText.Write(output, text);
        Assert.True(System.Text.Unicode.Utf8.IsValid(output.WrittenSpan));
        return JsonText.Decode(output.WrittenSpan[1..^1]);
    }
}
