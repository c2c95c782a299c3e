using Headroom.Internal.Json;

namespace Headroom.Core.Tests.Internal.Json;

public sealed class JsonBeginningTests
{
    [Theory]
    [InlineData("{\"a\": 1}")]
    [InlineData("{\n  \"a\": 1\n}")]
    [InlineData("\ufeff [ {")]
    [InlineData("[[1, 2]]")]
    [InlineData("[\"a\"]")]
    public void Json_is_known_by_its_first_characters(string text) => Assert.True(JsonBeginning.IsJson(text));

    [Theory]
    [InlineData("")]
    [InlineData("[section]\nkey = 1")]
    [InlineData("[12:00:01] INFO started")]
    [InlineData("{% if a %}")]
    [InlineData("text {\"a\": 1}")]
    public void Other_texts_are_not_taken_for_json(string text) => Assert.False(JsonBeginning.IsJson(text));

    [Fact]
    public void Only_indented_json_has_brackets_alone_on_its_first_line()
    {
        Assert.True(JsonBeginning.IsIndented("[\r\n  {\r\n"));
        Assert.False(JsonBeginning.IsIndented("{\"level\": \"info\"}\n{\"level\": \"warn\"}"));
    }
}
