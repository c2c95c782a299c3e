using System.Text;
using Headroom.Cli.Run;

namespace Headroom.Cli.Tests.Run;

/// <summary>Where an output that is printed in parts may be parted.</summary>
public sealed class OutputPartsTests
{
    [Theory]
    [InlineData("one\ntwo\nthr", "one\ntwo\n")]
    [InlineData("no line end", "")]
    [InlineData("", "")]
    [InlineData("{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":2}\n")]
    [InlineData("{\"a\":1}\n{\"a\":\n", "")]
    [InlineData("{\n  \"a\": 1,\n", "")]
    [InlineData("{\n  \"a\": 1\n}\n", "{\n  \"a\": 1\n}\n")]
    [InlineData("\n\n  [\n 1,\n", "")]
    [InlineData("[INFO] started\n[INFO] more\n", "[INFO] started\n[INFO] more\n")]
    [InlineData("[12:30:01] started\n", "[12:30:01] started\n")]
    [InlineData("[1, \"a string that\n", "[1, \"a string that\n")] // no JSON string has a line end
    [InlineData("<?xml version=\"1.0\"?>\n<a>\n", "")]
    [InlineData("<!DOCTYPE html>\n<p>\n", "")]
    [InlineData("+ make\r\ncc -c a.c\r\n", "+ make\r\ncc -c a.c\r\n")]
    public void A_part_ends_behind_a_whole_line_and_a_whole_document(string output, string part)
    {
        var parts = new OutputParts();
        parts.Add(Encoding.UTF8.GetBytes(output));
        Assert.Equal(part, Encoding.UTF8.GetString(parts.TakeLines(isQuiet: true)));
        Assert.Equal(output[part.Length..], Encoding.UTF8.GetString(parts.TakeAll()));
    }

    [Fact]
    public void A_document_that_goes_on_is_looked_at_again_when_it_has_doubled_or_nothing_comes()
    {
        var parts = new OutputParts();
        parts.Add("{ \"a\":\n"u8);
        Assert.Empty(parts.TakeLines(isQuiet: false));
        parts.Add("1 }\n"u8);
        Assert.Empty(parts.TakeLines(isQuiet: false));
        Assert.Equal("{ \"a\":\n1 }\n", Encoding.UTF8.GetString(parts.TakeLines(isQuiet: true)));
    }

    [Fact]
    public void All_parts_together_are_the_output()
    {
        string[] lines = ["plain text\n", "{\n", "\"a\": 1\n", "}\n", "[INFO] x\r\n", "<p>\n", "ä€\n", "\n", "no end"];
        for (int seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            byte[] output = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => lines[random.Next(lines.Length)])));
            var parts = new OutputParts();
            var taken = new List<byte>();
            for (int at = 0; at < output.Length;)
            {
                int length = random.Next(1, Math.Min(30, output.Length - at) + 1);
                parts.Add(output.AsSpan(at, length));
                at += length;
                byte[] part = parts.TakeLines(random.Next(2) == 0);
                Assert.True(part.Length == 0 || part[^1] == '\n');
                taken.AddRange(part);
            }

            taken.AddRange(parts.TakeAll());
            Assert.Equal(output, taken);
        }
    }
}
