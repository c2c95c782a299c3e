using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Headroom.Conversation.References;

public sealed class BlockReferenceTests
{
    private static readonly string[] Code = [.. Enumerable.Range(1, 60).Select(i => $"    var total{i} = Sum(cart.Items, item => item.Price * {i}); // rule {i * 7}")];

    [Fact]
    public async Task A_file_that_is_read_again_becomes_one_line()
    {
        string file = string.Join('\n', Code);
        IReadOnlyList<ItemOutcome> outcomes = await Compress([Read("src/Cart.cs", file), Read("src/Cart.cs", file)]);
        Assert.Equal(ItemForm.Unchanged, outcomes[0].Form);
        Assert.Equal((ItemForm.Referenced, "[= lines 1-60 of the result of read_file src/Cart.cs above]"), (outcomes[1].Form, outcomes[1].Text));
    }

    [Fact]
    public async Task What_was_edited_in_between_stays_visible()
    {
        string[] edited = [.. Code];
        edited[29] = "    var total30 = 0; // edited";
        ItemOutcome second = (await Compress([Read("src/Cart.cs", string.Join('\n', Code)), Read("src/Cart.cs", string.Join('\n', edited))]))[1];
        Assert.Equal(
            "[= lines 1-29 of the result of read_file src/Cart.cs above]\n    var total30 = 0; // edited\n[= lines 31-60 of the result of read_file src/Cart.cs above]",
            second.Text);
    }

    [Fact]
    public async Task Numbered_lines_that_moved_are_pointed_at_with_their_new_numbers()
    {
        string before = Numbered(Code, 101), after = Numbered(Code, 104);
        ItemOutcome second = (await Compress([Read("src/Cart.cs", before), Read("src/Cart.cs", after)]))[1];
        Assert.Equal("[= lines 101-160 of the result of read_file src/Cart.cs above, here numbered 104-163]", second.Text);
    }

    [Fact]
    public async Task A_reference_never_points_at_a_reference()
    {
        string file = string.Join('\n', Code);
        IReadOnlyList<ItemOutcome> outcomes = await Compress([Read("a.cs", file), Read("b.cs", file), Read("c.cs", file + "\n" + string.Join('\n', Code.Reverse()))]);
        Assert.Contains("read_file a.cs", outcomes[1].Text);
        Assert.Contains("read_file a.cs", outcomes[2].Text);
        Assert.DoesNotContain("read_file b.cs", outcomes[2].Text);
    }

    [Fact]
    public async Task Results_of_equal_calls_are_told_apart()
    {
        string[] other = [.. Code.Select(l => l.Replace("total", "amount"))];
        ContextItem[] items = [Read("a.cs", string.Join('\n', Code)), Read("a.cs", string.Join('\n', other)), Read("b.cs", string.Join('\n', other))];
        Assert.Equal("[= lines 1-60 of the result of read_file a.cs (time 2) above]", (await Compress(items))[2].Text);
    }

    [Fact]
    public async Task What_a_result_adds_between_references_can_be_pointed_at()
    {
        string[] more = [.. Code.Select(l => l.Replace("total", "amount"))];
        ContextItem[] items =
        [
            Read("a.cs", string.Join('\n', Code)), Read("b.cs", string.Join('\n', Code.Concat(more))), Read("c.cs", string.Join('\n', more)),
        ];
        IReadOnlyList<ItemOutcome> outcomes = await Compress(items);
        Assert.StartsWith("[= lines 1-60 of the result of read_file a.cs above]\n    var amount1 ", outcomes[1].Text);
        Assert.Equal("[= lines 2-61 of the result of read_file b.cs above]", outcomes[2].Text);
    }

    [Fact]
    public async Task One_long_line_is_enough()
    {
        const string Todo = "Todos have been modified successfully. Ensure that you continue to use the todo list to track your progress. Please proceed with the current tasks if applicable";
        IReadOnlyList<ItemOutcome> outcomes = await Compress([Read("a", Todo), Read("b", "done\n" + Todo)]);
        Assert.Equal("done\n[= line 1 of the result of read_file a above]", outcomes[1].Text);
    }

    [Fact]
    public async Task A_file_that_the_model_wrote_itself_stands_in_its_call()
    {
        string file = string.Join('\n', Code), arguments = JsonSerializer.Serialize(new { path = "src/Cart.cs", edits = new[] { new { text = file } } });
        ContextItem wrote = new() { Text = "ok", ToolName = "write_file", Arguments = arguments, CallId = "1" };
        ItemOutcome read = (await Compress([wrote, Read("src/Cart.cs", Numbered(Code, 1))]))[1];
        Assert.Equal("[= lines 1-60 of edits(0).text in the call of write_file src/Cart.cs above, here numbered 1-60]", read.Text);
    }

    [Fact]
    public async Task A_result_may_point_into_its_own_call()
    {
        string file = string.Join('\n', Code);
        ContextItem wrote = new() { Text = "The file now reads:\n" + file, ToolName = "write", Arguments = JsonSerializer.Serialize(new { text = file, path = "a" }), CallId = "1" };
        string[] lines = (await Compress([wrote]))[0].Text.Split('\n');
        Assert.Equal("The file now reads:", lines[0]);
        Assert.StartsWith("[= lines 1-60 of text in the call of write ", lines[1]);
    }

    [Theory]
    [InlineData("{\"text\":\"cut off")]
    [InlineData("not JSON at all")]
    [InlineData("{\"text\":\"\\ud800 half a pair\"}")]
    [InlineData("[1,2,3]")]
    public async Task Arguments_that_are_no_JSON_are_passed_over(string arguments)
    {
        ContextItem[] items = [new() { Text = "ok", ToolName = "write", Arguments = arguments.PadRight(200) }, Read("a", string.Join('\n', Code))];
        Assert.Equal(ItemForm.Unchanged, (await Compress(items))[1].Form);
    }

    [Fact]
    public async Task Of_several_places_the_one_that_goes_on_longest_is_named()
    {
        string first = "{\n}\n;\nclass First", second = "{\n}\n;\n" + string.Join('\n', Code);
        Assert.Equal("[= lines 1-63 of the result of read_file b above]", (await Compress([Read("a", first), Read("b", second), Read("c", second)]))[2].Text);
    }

    [Fact]
    public async Task Short_or_rare_repeats_are_left_alone()
    {
        ContextItem[] items = [Read("a", "{\n}\n\nok\ndone, all is well with the world today"), Read("b", "{\n}\n\nok\ndone, all is well with the world today")];
        Assert.Equal(ItemForm.Unchanged, (await Compress(items))[1].Form);
    }

    [Fact]
    public async Task They_can_be_switched_off()
    {
        var compressor = new ConversationCompressor(new HeadroomOptions { BlockReferences = false }, compressors: []);
        string file = string.Join('\n', Code);
        IReadOnlyList<ItemOutcome> outcomes = await compressor.CompressAsync([Read("a", file), Read("a", file)], new ConversationContext());
        Assert.Equal(ItemForm.Unchanged, outcomes[1].Form);
    }

    [Fact]
    public async Task A_conversation_that_branches_points_only_at_its_own_past()
    {
        var compressor = new ConversationCompressor(compressors: []);
        string left = string.Join('\n', Code), right = string.Join('\n', Code.Select(l => l.Replace("Sum", "Max")));
        ContextItem start = Read("start", "the beginning of both conversations, long enough to count");
        await compressor.CompressAsync([start, Read("left", left)], new ConversationContext());
        await compressor.CompressAsync([start, Read("right", right)], new ConversationContext());
        IReadOnlyList<ItemOutcome> again = await compressor.CompressAsync([start, Read("right", right), Read("again", left)], new ConversationContext());
        Assert.Equal(ItemForm.Unchanged, again[2].Form);
    }

    [Fact]
    public void Whatever_is_repeated_following_the_references_gives_the_original()
    {
        Gen<string[]> block = Gen.Choose(0, 40).Zip(Gen.Choose(1, 25)).Select(p => Code.Skip(p.Item1).Take(p.Item2).ToArray());
        Gen<string> text = Gen.NonEmptyListOf(Gen.OneOf(block, Gen.Elements(new[] { "" }, ["}"], ["a short line"]))).Select(b => string.Join('\n', b.SelectMany(x => x)));
        Gen<List<string>> conversation = Gen.NonEmptyListOf(Gen.OneOf(text, text.Zip(Gen.Choose(1, 300)).Select(p => Numbered(p.Item1.Split('\n'), p.Item2)))).Select(l => l.Take(8).ToList());
        Prop.ForAll(conversation.ToArbitrary(), texts =>
        {
            // Every third result belongs to a call that wrote what a later one reads.
            ContextItem[] items = [.. texts.Select((t, i) => i % 3 == 0 ? Write("file" + i, "done", texts[^1]) : Read("file" + i, t))];
            IReadOnlyList<ItemOutcome> outcomes = Compress(items).GetAwaiter().GetResult();
            Dictionary<string, string> earlier = [];
            for (int i = 0; i < items.Length; i++)
            {
                if (i % 3 == 0)
                {
                    earlier["text in the call of write_file file" + i] = texts[^1];
                    continue;
                }

                if (ReferenceReader.Follow(outcomes[i].Text, earlier) != texts[i]) return false;
                earlier["the result of read_file file" + i] = outcomes[i].Text;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static ContextItem Read(string path, string text) => new() { Text = text, ToolName = "read_file", Arguments = $$"""{"path":"{{path}}","limit":200}""" };

    private static ContextItem Write(string path, string result, string text) =>
        new() { Text = result, ToolName = "write_file", Arguments = JsonSerializer.Serialize(new { path, text }) };

    private static string Numbered(string[] lines, int first) => string.Join('\n', lines.Select((l, i) => $"{(first + i).ToString().PadLeft(6)}\t{l}"));

    private static async Task<IReadOnlyList<ItemOutcome>> Compress(IReadOnlyList<ContextItem> items) =>
        await new ConversationCompressor(compressors: []).CompressAsync(items, new ConversationContext());
}
