using System.Buffers;
using Microsoft.ML.Tokenizers;

namespace Headroom.Extensions.AI.Tokens;

public sealed class TokenizerTokenCounterTests
{
    [Fact]
    public void It_counts_with_the_tokenizer_it_is_given()
    {
        var counter = new TokenizerTokenCounter(new Words(), "words", isEstimate: true);

        Assert.Equal(3, counter.Count("one two three"));
        Assert.Equal(0, counter.Count(""));
        Assert.Equal("words", counter.Name);
        Assert.True(counter.IsEstimate);
    }

    /// <summary>One token a word.</summary>
    private sealed class Words : Tokenizer
    {
        public override OperationStatus Decode(IEnumerable<int> ids, Span<char> destination, out int idsConsumed, out int charsWritten) =>
            throw new NotSupportedException();

        protected override EncodeResults<EncodedToken> EncodeToTokens(string? text, ReadOnlySpan<char> textSpan, EncodeSettings settings)
        {
            string[] words = (text ?? textSpan.ToString()).Split(' ');
            return new EncodeResults<EncodedToken> { Tokens = [.. words.Select((w, i) => new EncodedToken(i, w, default))], CharsConsumed = textSpan.Length };
        }
    }
}
