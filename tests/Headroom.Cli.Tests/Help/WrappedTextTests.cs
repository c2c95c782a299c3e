using Headroom.Cli.Terminals;

namespace Headroom.Cli.Tests.Help;

/// <summary>Text is broken between words, and nothing of it is lost.</summary>
public sealed class WrappedTextTests
{
    [Theory]
    [InlineData("", 5, "")]
    [InlineData("one", 5, "one")]
    [InlineData("one two", 7, "one two")]
    [InlineData("one two three", 7, "one two|three")]
    [InlineData("one two three", 5, "one|two|three")]
    [InlineData("a longerthanaline b", 5, "a|longerthanaline|b")]
    [InlineData("longerthanaline b", 5, "longerthanaline|b")]
    public void Lines_end_between_words(string text, int width, string lines) => Assert.Equal(lines, string.Join('|', WrappedText.Lines(text, width)));
}
