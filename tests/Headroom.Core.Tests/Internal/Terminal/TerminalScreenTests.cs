using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Headroom.Internal.Terminal;

namespace Headroom.Tests.Internal.Terminal;

public sealed partial class TerminalScreenTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("\u001b[33;1mBuild\u001b[0m ok", "Build ok")]
    [InlineData("\u001b]0;title\u0007text\u001b]8;;http://x\u001b\\link", "textlink")]
    [InlineData("\u001bMreverse\u001b_", "reverse")]
    [InlineData("a\r\nb\r\n", "a\nb")]
    [InlineData("a\r\r\nb", "a\nb")]
    [InlineData(" 10%\r 50%\r100%", "100%")]
    [InlineData("long line\rshort", "shortline")]
    [InlineData("abc\b\bX", "aX")]
    [InlineData("\b\bX", "X")]
    [InlineData("a \t\nb  ", "a\nb")]
    [InlineData("a\n\n\n", "a")]
    [InlineData("\n\na", "\n\na")]
    [InlineData("\u001b[", "\u001b[")]
    [InlineData("\u001b]open", "open")]
    public void Shows_what_a_terminal_shows(string text, string screen) => Assert.Equal(screen, TerminalScreen.Render(text));

    [Fact]
    public void Returns_the_same_instance_when_there_is_nothing_to_do()
    {
        string text = new(['a', '\n', 'b']);
        Assert.Same(text, TerminalScreen.Render(text));
        Assert.False(TerminalScreen.HasSomethingToClean("a\nb\n"));
    }

    [Fact]
    public void Agrees_with_the_rules_written_down_literally()
    {
        var random = new Random(20260304);
        string[] pieces =
        [
            "a", "bc", "word", " ", "\t", "\n", "\r", "\r\n", "\b", "\u001b", "\u001b[", "\u001b[0m", "\u001b[1;3", "\u001b]", "\u001b]0;t\u0007", "\u001b\\", "\u0007", "[", "]",
            "\\", "M", "?", "\ud83d", "\ude00", "\u001b[ ", "\u001b[2K",
        ];
        for (int round = 0; round < 20_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));
            Assert.Equal(Literal(text), TerminalScreen.Render(text));
        }
    }

    [Fact]
    public void Agrees_with_the_rules_on_any_string() =>
        Prop.ForAll<NonNull<string>>(text => Literal(text.Get) == TerminalScreen.Render(text.Get)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_million_overwrites_of_one_line_take_one_pass()
    {
        string text = string.Concat(Enumerable.Range(0, 1_000_000).Select(i => $"\rstep {i}"));
        Assert.Equal("step 999999", TerminalScreen.Render(text));
        Assert.Equal("", TerminalScreen.Render(new string('x', 500_000) + new string('\b', 500_001)));
        Assert.Equal("", TerminalScreen.Render(string.Concat(Enumerable.Repeat("\u001b]", 500_000))));
    }

    [Fact]
    public void Same_compares_screens()
    {
        Assert.True(TerminalScreen.Same("\u001b[1mok\u001b[0m \r\n", "ok"));
        Assert.False(TerminalScreen.Same("ok", "ko"));
    }

    private static string Literal(string text)
    {
        text = Escapes().Replace(text, "").Replace("\r\n", "\n");
        IEnumerable<string> lines = text.Split('\n').Select(line =>
        {
            string row = "";
            foreach (string part in line.Split('\r')) row = part + (row.Length > part.Length ? row[part.Length..] : "");
            while (row.Contains('\b')) row = LeadingBackspaces().Replace(Backspaced().Replace(row, ""), "");
            return row.TrimEnd(' ', '\t');
        });
        return string.Join('\n', lines).TrimEnd('\n');
    }

    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[@-Z\\-_]", RegexOptions.CultureInvariant)]
    private static partial Regex Escapes();

    [GeneratedRegex(@"[^\x08]\x08", RegexOptions.CultureInvariant)]
    private static partial Regex Backspaced();

    [GeneratedRegex(@"^\x08+", RegexOptions.CultureInvariant)]
    private static partial Regex LeadingBackspaces();
}
