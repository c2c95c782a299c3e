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
            ContextItem[] items = [.. texts.Select((t, i) => Read("file" + i, t))];
            IReadOnlyList<ItemOutcome> outcomes = Compress(items).GetAwaiter().GetResult();
            Dictionary<string, string> earlier = [];
            for (int i = 0; i < items.Length; i++)
            {
                if (ReferenceReader.Follow(outcomes[i].Text, earlier) != texts[i]) return false;
                earlier["the result of read_file file" + i] = outcomes[i].Text;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private static ContextItem Read(string path, string text) => new() { Text = text, ToolName = "read_file", Arguments = $$"""{"path":"{{path}}","limit":200}""" };

    private static string Numbered(string[] lines, int first) => string.Join('\n', lines.Select((l, i) => $"{(first + i).ToString().PadLeft(6)}\t{l}"));

    private static async Task<IReadOnlyList<ItemOutcome>> Compress(IReadOnlyList<ContextItem> items) =>
        await new ConversationCompressor(compressors: []).CompressAsync(items, new ConversationContext());
}
