namespace Headroom.Routing;

public sealed class MixedLargeTextTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(60, false)]
    public async Task Parts_of_a_large_text_are_tried_only_where_no_form_of_the_whole_explains_it(int copies, bool tried)
    {
        string log = string.Concat(Enumerable.Range(0, 120).Select(i => $"2026-03-04T10:{i / 60:00}:{i % 60:00}Z INFO api GET /health 200 in {i * 7 % 90} ms\n"));
        string json = "{\n" + string.Join(",\n", Enumerable.Range(0, 200).Select(i => $"    \"key{i}\": {i * 31}")) + "\n}\n";
        string text = string.Concat(Enumerable.Repeat(log + "\n" + json + "\n", copies));
        var compressor = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Lossless });
        ItemOutcome outcome = await compressor.CompressAsync(new ContextItem { Text = text }, new ConversationContext());
        Assert.Equal(ItemForm.Reformatted, outcome.Form);
        Assert.Equal(tried, outcome.Candidates.Any(c => c.Kind == "mixed"));
    }
}
