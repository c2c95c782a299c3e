using System.Text;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Proxy.Bodies;

/// <summary>Bytes outside a changed text are forwarded exactly as they came: over generated requests with every oddity JSON allows.</summary>
public sealed class ByteFaithfulnessTests
{
    private static readonly int s_seeds = Environment.GetEnvironmentVariable("HEADROOM_LONG") == "1" ? 5_000 : 120;

    [Theory]
    [InlineData((int)WireFormat.Messages)]
    [InlineData((int)WireFormat.Chat)]
    [InlineData((int)WireFormat.Responses)]
    public async Task Only_texts_of_results_differ_and_all_else_is_the_same_bytes(int format)
    {
        int changed = 0;
        for (int seed = 0; seed < s_seeds; seed++)
        {
            var odd = new OddRequest(new Random(seed), (WireFormat)format);
            byte[] before = odd.Bytes;
            byte[] after = await RewriteAsync((WireFormat)format, before, new HeadroomOptions());
            changed += Compare(before, after, odd.Results, $"seed {seed}");
        }

        Assert.True(changed > 40, $"only {changed} texts changed, so little was tested");
    }

    [Fact]
    public async Task In_shadow_all_bytes_are_the_same()
    {
        foreach (WireFormat format in Enum.GetValues<WireFormat>())
        {
            byte[] odd = new OddRequest(new Random(7), format).Bytes;
            Assert.Equal(odd, await RewriteAsync(format, odd, new HeadroomOptions { Shadow = true }));
        }
    }

    private static async Task<byte[]> RewriteAsync(WireFormat format, byte[] body, HeadroomOptions options)
    {
        var rewriter = new RequestRewriter(new ConversationCompressor(options, store: new DictionaryOriginalStore()), stage => Assert.Fail("failed at " + stage));
        RewrittenRequest rewritten = await rewriter.RewriteAsync(format, body, CancellationToken.None);
        Assert.NotNull(rewritten.Prompt);
        if (rewritten.Body is null) return body;
        Assert.Equal(rewritten.Body.Length, rewritten.Body.Pieces.Sum(p => (long)p.Length));
        return [.. rewritten.Body.Pieces.SelectMany(p => p.ToArray())];
    }

    /// <summary>Takes both apart into tokens and what stands between them, with another reader than the proxy's, and compares one by one.</summary>
    private static int Compare(byte[] before, byte[] after, HashSet<string> results, string what)
    {
        (int Start, int End)[] left = Tokens(before), right = Tokens(after);
        Assert.True(left.Length == right.Length, $"{what}: {left.Length} tokens became {right.Length}");
        int leftEnd = 0, rightEnd = 0, changed = 0;
        for (int i = 0; i < left.Length; i++)
        {
            Assert.True(before.AsSpan(leftEnd..left[i].Start).SequenceEqual(after.AsSpan(rightEnd..right[i].Start)), $"{what}: what stands before token {i} differs");
            ReadOnlySpan<byte> was = before.AsSpan(left[i].Start..left[i].End), became = after.AsSpan(right[i].Start..right[i].End);
            if (!was.SequenceEqual(became))
            {
                Assert.True(results.Contains(JsonText.Decode(was[1..^1])), $"{what}: {Encoding.UTF8.GetString(was)} is no result and became {Encoding.UTF8.GetString(became)}");
                changed++;
            }

            (leftEnd, rightEnd) = (left[i].End, right[i].End);
        }

        Assert.True(before.AsSpan(leftEnd..).SequenceEqual(after.AsSpan(rightEnd..)), $"{what}: the end differs");
        return changed;
    }

    private static (int Start, int End)[] Tokens(byte[] json)
    {
        List<(int, int)> tokens = [];
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 100_000 });
        while (reader.Read())
        {
            int length = reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName ? reader.ValueSpan.Length + 2 : (int)(reader.BytesConsumed - reader.TokenStartIndex);
            tokens.Add(((int)reader.TokenStartIndex, (int)reader.TokenStartIndex + length));
        }

        return [.. tokens];
    }
}
