using FsCheck;
using FsCheck.Fluent;
using Headroom.Compressors.Logs;
using Headroom.Internal.Terminal;

namespace Headroom.Tests.Compressors.Logs;

public sealed class LogFuzzTests
{
    private readonly LogCompressor _compressor = new();

    [Fact]
    public void Every_candidate_of_a_random_log_decodes_right()
    {
        var random = new Random(41);
        for (int round = 0; round < 3_000; round++) AssertDecodes(LogSamples.Make(random));
    }

    [Fact]
    public void Every_candidate_of_any_string_decodes_right() =>
        Prop.ForAll<NonEmptyString>(text => AssertDecodes(text.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void Folded_text_folds_again_and_back()
    {
        var random = new Random(42);
        for (int round = 0; round < 400; round++)
        {
            foreach (ReformattedCandidate candidate in _compressor.Reformat(new CompressionRequest(LogSamples.Make(random) + "\n"))) AssertDecodes(candidate.Text);
        }
    }

    [Fact]
    public void A_damaged_folded_text_never_throws()
    {
        var random = new Random(43);
        for (int round = 0; round < 1_500; round++)
        {
            string log = LogSamples.Make(random) + "\n";
            foreach (ReformattedCandidate candidate in _compressor.Reformat(new CompressionRequest(log)))
            {
                string text = candidate.Text;
                if (text.Length == 0) continue;
                int at = random.Next(text.Length);
                text = random.Next(3) switch
                {
                    0 => text[..at],
                    1 => text.Remove(at, Math.Min(text.Length - at, random.Next(1, 9))),
                    _ => text.Insert(at, text.Substring(at / 2, Math.Min(20, text.Length - at / 2))),
                };
                _compressor.TryExpand(text, out _);
            }
        }
    }

    [Fact]
    public void Kept_lines_and_gaps_of_a_random_log_are_the_whole()
    {
        var random = new Random(44);
        for (int round = 0; round < 1_500; round++)
        {
            string text = LogSamples.Make(random) + "\n";
            if (_compressor.Elide(new CompressionRequest(text) { Question = "who opened src/app?" }, random.Next(50, 3_000)) is not { } elided) continue;
            LogSelectorTests.AssertPartition(text, elided);
        }
    }

    private void AssertDecodes(string text)
    {
        foreach (ReformattedCandidate candidate in _compressor.Reformat(new CompressionRequest(text)))
        {
            string decoded = _compressor.TryExpand(candidate.Text, out string? original) ? original : candidate.Text;
            bool right = candidate.Equivalence == Equivalence.Bytes
                ? string.Equals(decoded, text, StringComparison.Ordinal)
                : TerminalScreen.Same(decoded, text);
            if (right) continue;
            bool isHeaderLookAlike = candidate.Encoding == "screen" && original is not null; // the pipeline's proof refuses it
            bool needsSecondPass = TerminalScreen.Render(TerminalScreen.Render(text)) != TerminalScreen.Render(text); // as above
            Assert.True(isHeaderLookAlike || needsSecondPass, $"{candidate.Encoding}\n--- original\n{text}\n--- encoded\n{candidate.Text}\n--- decoded\n{decoded}");
        }
    }
}
