using Headroom.Internal.Json;

namespace Headroom.Core.Tests.Internal.Json;

public class JsonParserTests
{
    [Theory]
    [InlineData("null")]
    [InlineData(" true ")]
    [InlineData("\uFEFF[1]")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[ ]")]
    [InlineData("{ }")]
    [InlineData("-0")]
    [InlineData("-0.0e-0")]
    [InlineData("1E+22")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("\"\\u0000\\ud800\\\"\\/\\b\\f\\n\\r\\t\\\\\"")]
    [InlineData("\"\u007f\u2028\ud800\"")]
    [InlineData("{\"\":0,\"\":1}")]
    [InlineData("[[],{},[{}],\"\"]")]
    [InlineData("\r\n\t [1 , 2\n]\t")]
    public void Accepts_what_the_grammar_accepts(string text) => Assert.NotNull(JsonParser.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("\uFEFF")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[1 2]")]
    [InlineData("[1")]
    [InlineData("1]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{a:1}")]
    [InlineData("{'a':1}")]
    [InlineData("{1:1}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("[1] [2]")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("+1")]
    [InlineData(".5")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e+")]
    [InlineData("0x1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("nul")]
    [InlineData("True")]
    [InlineData("\"a")]
    [InlineData("\"\\\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"a\0b\"")]
    [InlineData("[1]\u00a0")]
    [InlineData("\u00a0[1]")]
    [InlineData("[1]\uFEFF")]
    [InlineData("[1]\f")]
    [InlineData("/**/[1]")]
    public void Refuses_what_the_grammar_refuses(string text) => Assert.Null(JsonParser.Parse(text));

    [Fact]
    public void Nesting_costs_no_stack()
    {
        const int Depth = 100_000;
        string text = string.Concat(Enumerable.Repeat("[{\"a\":", Depth)) + "1" + string.Concat(Enumerable.Repeat("}]", Depth));
        JsonTape tape = Assert.IsType<JsonTape>(JsonParser.Parse(text));
        Assert.Equal(2 * Depth, tape.MaxDepth);
        Assert.True(JsonEquality.SameValue(text, text.Replace(":", " : ")));
        Assert.Null(JsonParser.Parse(text[..^1]));
    }

    [Fact]
    public void Walks_over_a_subtree_in_one_step()
    {
        JsonTape tape = JsonParser.Parse("{\"a\":[1,[2,3],{}],\"b\":true}")!;
        int list = 2;
        Assert.Equal(JsonKind.Array, tape.Kind(list));
        Assert.Equal(3, tape.Size(list));
        Assert.Equal("b", tape.Value(tape.Next(list)).ToString());
        Assert.Equal(2, tape.Size(0));
    }

    [Fact]
    public void Strings_are_decoded_on_demand()
    {
        JsonTape tape = JsonParser.Parse("[\"\\u0041\\n\\ud83d\\ude00\",\"plain\"]")!;
        Assert.Equal("A\n\ud83d\ude00", tape.Value(1).ToString());
        Assert.True(tape.HasEscapes(1));
        Assert.False(tape.HasEscapes(2));
    }

    [Fact]
    public void Lines_that_are_not_JSON_are_kept_between_lines_that_are()
    {
        JsonTape tape = JsonParser.ParseLines("{\"a\":1}\nnot json\n\n{\"a\":2}\r\n[3]\n")!;
        Assert.Equal(4, tape.Size(0));
        Assert.Equal("not json", tape.Raw(tape.Next(1)).ToString());
        Assert.Null(JsonParser.ParseLines("one\ntwo\nthree"));
        Assert.Null(JsonParser.ParseLines("{\"a\":1}"));
    }

    [Fact]
    public void Agrees_with_the_parser_of_the_platform_on_damaged_texts()
    {
        var random = new Random(42);
        string[] seeds = ["{\"a\":[1,2.5e3,-0,\"x\\u00e9\\n\"],\"b\":{\"c\":null,\"d\":true}}", "[[],[{}],\"\\\\\",0.1]", "{\"k\":\"v\",\"k\":[false]}"];
        const string Noise = "{}[]:,\"\\0123eE+-. \n\tutrfalsn\u00e9";
        for (int i = 0; i < 4000; i++)
        {
            var text = new System.Text.StringBuilder(seeds[random.Next(seeds.Length)]);
            for (int edits = random.Next(1, 4); edits > 0; edits--)
            {
                int at = random.Next(text.Length);
                switch (random.Next(3))
                {
                    case 0: text[at] = Noise[random.Next(Noise.Length)]; break;
                    case 1: text.Remove(at, Math.Min(text.Length - at, random.Next(1, 4))); break;
                    default: text.Insert(at, Noise[random.Next(Noise.Length)]); break;
                }

                if (text.Length == 0) text.Append(' ');
            }

            string damaged = text.ToString();
            Assert.True(IsJson(damaged) == JsonParser.Parse(damaged) is not null, damaged);
        }
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = System.Text.Json.JsonDocument.Parse(text);
            return true;
        }
        catch (System.Text.Json.JsonException)
        {
            return false;
        }
    }
}
