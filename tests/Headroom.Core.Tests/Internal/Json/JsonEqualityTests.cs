using Headroom.Internal.Json;

namespace Headroom.Core.Tests.Internal.Json;

public class JsonEqualityTests
{
    [Theory]
    [InlineData("{\"a\":1}", " { \"a\" :\n1 } ")]
    [InlineData("[\"\\u0041\\/\"]", "[\"A/\"]")]
    [InlineData("[\"\\ud800\"]", "[\"\\uD800\"]")]
    [InlineData("\uFEFF[1]", "[1]")]
    public void Space_and_the_spelling_of_strings_are_free(string left, string right) => Assert.True(JsonEquality.SameValue(left, right));

    [Theory]
    [InlineData("[1.0]", "[1]")]
    [InlineData("[1e5]", "[100000]")]
    [InlineData("[-0]", "[0]")]
    [InlineData("[12345678901234567890]", "[12345678901234567891]")]
    [InlineData("[1]", "[\"1\"]")]
    [InlineData("[null]", "[\"null\"]")]
    [InlineData("[null]", "[]")]
    [InlineData("[\"\"]", "[null]")]
    [InlineData("[[]]", "[{}]")]
    [InlineData("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}")]
    [InlineData("{\"a\":1,\"a\":1}", "{\"a\":1}")]
    [InlineData("[\"\\ud800\"]", "[\"\\ufffd\"]")]
    [InlineData("[[1],2]", "[[1,2]]")]
    [InlineData("{\"a\":1}", "{\"a\":1")]
    public void Everything_else_counts(string left, string right) => Assert.False(JsonEquality.SameValue(left, right));

    [Fact]
    public void Lines_are_compared_one_by_one()
    {
        Assert.True(JsonEquality.SameLines("{\"a\": 1}\n\n[2]\r\nplain\n", "{\"a\":1}\n[2]\nplain"));
        Assert.False(JsonEquality.SameLines("{\"a\":1}\nplain", "{\"a\":1}\nplain "));
        Assert.False(JsonEquality.SameLines("{\"a\":1}\n{\"a\":2}", "{\"a\":1}"));
        Assert.False(JsonEquality.SameLines("{\"a\":1}", "{\"a\":1}"));
    }

    [Fact]
    public void Embedded_values_are_compared_by_value_and_the_text_around_them_verbatim()
    {
        Assert.True(JsonEquality.SameEmbedded("x {\"a\": [1, 2]} y", "x {\"a\":[1,2]} y"));
        Assert.True(JsonEquality.SameEmbedded("[{not json} {\"a\": [1, 2]}", "[{not json} {\"a\":[1,2]}"));
        Assert.False(JsonEquality.SameEmbedded("x {\"a\": [1, 2]} y", "x {\"a\":[1,2]}  y"));
        Assert.False(JsonEquality.SameEmbedded("x {\"a\": [1, 2]} y", "x {\"a\":[1,3]} y"));
        Assert.False(JsonEquality.SameEmbedded("a [1, 2]", "a [1,2]")); // too short to be taken for JSON
    }

    [Fact]
    public void Endless_brackets_cost_linear_time()
    {
        string text = string.Concat(Enumerable.Repeat("{[", 200_000));
        Assert.True(JsonEquality.SameEmbedded(text, text));
        Assert.False(JsonEquality.SameEmbedded(text, text + " "));
    }
}
