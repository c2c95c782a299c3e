using System.Text;
using Headroom.Internal.Json;
using Headroom.Internal.Python;
using Headroom.TestSupport;

namespace Headroom.Core.Tests.Internal.Python;

public class ReprTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("()", "[]")]
    [InlineData("(1,)", "[1]")]
    [InlineData("[(1, 'a'), (2, None)]", "[[1,\"a\"],[2,null]]")]
    [InlineData("{'a': True, 'b': False, 'c': None}", "{\"a\":true,\"b\":false,\"c\":null}")]
    [InlineData("[\"it's\", 'say \"x\"', 'it\\'s \"x\"']", "[\"it's\",\"say \\\"x\\\"\",\"it's \\\"x\\\"\"]")]
    [InlineData("['\\x00\\n\\\\\\u200b\\U000e0001\\xa0']", "[\"\\u0000\\n\\\\\u200b\udb40\udc01\u00a0\"]")]
    [InlineData("[1, -2.5, 1e+16, 1e-07, 24618325441038792000000]", "[1,-2.5,1e+16,1e-07,24618325441038792000000]")]
    [InlineData("[nan, inf, -inf, b'\\x00', Decimal('1.20'), <Colour.RED: 'red'>]", "[\"nan\",\"inf\",\"-inf\",\"b'\\\\x00'\",\"Decimal('1.20')\",\"<Colour.RED: 'red'>\"]")]
    [InlineData("{1: 'a', None: 'b', (1, 2): 'c'}", "{\"1\":\"a\",\"None\":\"b\",\"(1, 2)\":\"c\"}")]
    public void A_repr_becomes_JSON_and_comes_back(string repr, string json)
    {
        var reader = new ReprReader(repr);
        int at = 0;
        Assert.True(reader.TryRead(ref at, repr.Length));
        Assert.Equal(repr.Length, at);
        Assert.Equal(json, reader.Json.ToString());
        Assert.Equal(repr, Written(json, reader.Style));
    }

    [Theory]
    [InlineData("")]
    [InlineData("'text'")]
    [InlineData("[1,2]")]
    [InlineData("[1 , 2]")]
    [InlineData("{'a':1}")]
    [InlineData("{'a', 'b'}")]
    [InlineData("[a]")]
    [InlineData("[x for x in y]")]
    [InlineData("['a' 'b']")]
    [InlineData("['\\q']")]
    [InlineData("['a\nb']")]
    [InlineData("[f(x]")]
    [InlineData("[f((x)]")]
    [InlineData("[0x10]")]
    [InlineData("{'a': 1, }")]
    [InlineData("[1, 2")]
    public void What_Python_does_not_show_is_not_read(string text)
    {
        int at = 0;
        Assert.False(new ReprReader(text).TryRead(ref at, text.Length) && at == text.Length);
    }

    [Fact]
    public void Values_that_Python_wrote_come_back_exactly()
    {
        string[] lines = CorpusFile.Find("json/python-values.txt").Text.TrimEnd('\n').Split('\n');
        int exact = 0;
        foreach (string line in lines)
        {
            foreach (bool areTuplesBare in (bool[])[false, true])
            {
                var reader = new ReprReader(line, areTuplesBare);
                int at = 0;
                Assert.True(reader.TryRead(ref at, line.Length) && at == line.Length, line);
                if (reader.IsMixed || Written(reader.Json.ToString(), reader.Style) != line) continue;
                exact++;
                break;
            }
        }

        Assert.InRange(exact, lines.Length * 95 / 100, lines.Length); // the others have a text that looks like a call beside a real call
    }

    [Fact]
    public void Random_values_come_back_whatever_their_style()
    {
        for (int seed = 0; seed < 2000; seed++)
        {
            string json = new Compressors.Json.RandomJson(seed).Document();
            if (JsonParser.Parse(json) is not { } tape || !tape.IsContainer(0) || tape.MaxDepth > ReprStyle.MaxDepth) continue;
            string repr = Written(json, new ReprStyle((ulong)(seed % 8), false, false));
            var reader = new ReprReader(repr);
            int at = 0;
            Assert.True(reader.TryRead(ref at, repr.Length), repr);
            Assert.Equal(repr.Length, at);
            Assert.False(reader.IsMixed);
            Assert.True(JsonEquality.SameValue(json, reader.Json.ToString()), repr);
            Assert.Equal(repr, Written(reader.Json.ToString(), reader.Style));
        }
    }

    [Fact]
    public void Deep_nesting_is_refused_and_not_descended()
    {
        string text = new string('[', 100_000) + new string(']', 100_000);
        int at = 0;
        Assert.False(new ReprReader(text).TryRead(ref at, text.Length));
        Assert.Equal(0, ReprBare.Length("f" + new string('(', 100_000), areTuples: false));
    }

    private static string Written(string json, ReprStyle style)
    {
        var text = new StringBuilder();
        ReprWriter.Append(text, JsonParser.Parse(json)!, 0, style);
        return text.ToString();
    }
}
