namespace Headroom.PromptCaching;

public sealed class PromptComparerTests
{
    private static readonly string Rules = string.Concat(Enumerable.Range(1, 20).Select(i => $"Rule {i}: be kind to users.\n"));

    private static PromptPart Tool(string name, string declaration = "declaration") => PromptPart.OfTool(name, declaration);

    private static PromptPart System(string text, int message = 1) => PromptPart.OfMessage(message, PromptPartKind.System, text);

    private static PromptPart User(string text, int message = 2) => PromptPart.OfMessage(message, PromptPartKind.User, text);

    private static PromptPart Result(string text, int message) => PromptPart.OfMessage(message, PromptPartKind.ToolResult, text, "read_file");

    private static PrefixBreak Break(PromptPart[] earlier, PromptPart[] later) => PromptComparer.Compare(earlier, later) ?? throw new InvalidOperationException("nothing broke");

    [Fact]
    public void A_prompt_that_goes_on_breaks_nothing_and_neither_does_one_that_goes_back()
    {
        PromptPart[] earlier = [Tool("a"), System(Rules), User("hi")], later = [.. earlier, Result("text", 4)];

        Assert.Null(PromptComparer.Compare(earlier, later));
        Assert.Null(PromptComparer.Compare(later, earlier));
        Assert.Null(PromptComparer.Compare(earlier, earlier));
        Assert.Null(PromptComparer.Compare([], later));
    }

    [Fact]
    public void The_names_of_messages_do_not_matter()
    {
        Assert.Null(PromptComparer.Compare([User("hi", 1), User("there", 1)], [User("hi", 1), User("there", 2)]));
    }

    [Fact]
    public void Tools_in_another_order_are_named_as_such()
    {
        PrefixBreak found = Break([Tool("a"), Tool("b"), Tool("c"), System(Rules)], [Tool("a"), Tool("c"), Tool("b"), System(Rules)]);

        Assert.Equal((PrefixChange.ToolsReordered, 1, "tool c", PromptPartKind.ToolDeclaration, true), (found.Change, found.Index, found.Part, found.Kind, found.IsPinned));
        Assert.Equal("tool c, character 0: the tools stand in another order", found.ToString());
    }

    [Fact]
    public void A_tool_added_removed_or_changed_is_named()
    {
        PromptPart[] two = [Tool("a"), Tool("b"), System(Rules)];

        Assert.Equal((PrefixChange.ToolAdded, "tool c"), Named(Break(two, [Tool("a"), Tool("b"), Tool("c"), System(Rules)])));
        Assert.Equal((PrefixChange.ToolAdded, "tool c"), Named(Break(two, [Tool("c"), Tool("a"), Tool("b"), System(Rules)])));
        Assert.Equal((PrefixChange.ToolRemoved, "tool a"), Named(Break(two, [Tool("b"), System(Rules)])));
        Assert.Equal((PrefixChange.ToolRemoved, "tool b"), Named(Break(two, [Tool("a"), System(Rules)])));
        Assert.Equal((PrefixChange.ToolRemoved, "tool b"), Named(Break(two, [Tool("a"), Tool("c"), System(Rules)])));
        PrefixBreak changed = Break(two, [Tool("a"), Tool("b", "declaration, now longer"), System(Rules)]);
        Assert.Equal((PrefixChange.ToolChanged, "tool b", 11), (changed.Change, changed.Part, changed.Offset));

        static (PrefixChange, string) Named(PrefixBreak found) => (found.Change, found.Part);
    }

    [Theory]
    [InlineData("Now: 2026-11-22T10:33:12Z", "Now: 2026-11-22T10:33:15Z", VolatileTextKind.DateTime)]
    [InlineData("It is Sunday, November 22, 2026.", "It is Monday, November 23, 2026.", VolatileTextKind.Date)]
    [InlineData("valid until 2026-11-22 only", "valid until 2026-11-23 only", VolatileTextKind.Date)]
    [InlineData("clock 09:59", "clock 10:00", VolatileTextKind.Time)]
    [InlineData("Request id: 8f3a2c1.", "Request id: 8f3a2c4.", VolatileTextKind.RequestId)]
    [InlineData("ts 1763807592", "ts 1763807611", VolatileTextKind.UnixTime)]
    [InlineData("id 3f2b8c1e-9d4a-4e6f-8a7b-5c0d1e2f3a4b", "id 3f2b8c1e-9d4a-4e6f-9999-5c0d1e2f3a4b", VolatileTextKind.Uuid)]
    [InlineData("You have 9 files open.", "You have 10 files open.", VolatileTextKind.Counter)]
    [InlineData("You have 1 files open.", "You have 12 files open.", VolatileTextKind.Counter)]
    [InlineData("key a81mzk20qx7711", "key a81mzk33pp0042", VolatileTextKind.RandomText)]
    public void Volatile_text_is_recognised_by_what_stands_there_in_both(string before, string now, VolatileTextKind kind)
    {
        PrefixBreak found = Break([System(Rules + before + "\nThe end."), User("hi")], [System(Rules + now + "\nThe end."), User("hi")]);

        Assert.Equal((PrefixChange.VolatileText, kind), (found.Change, found.Volatile));
        Assert.Equal(Rules.Length + before.AsSpan().CommonPrefixLength(now), found.Offset);
        Assert.True(found is { IsPinned: true, LinesUpAgain: true, Message: 1 });
    }

    [Theory]
    [InlineData("Rule 21: be brief.", "Rule 22: be exact.")]
    [InlineData("Be brief.", "Be exact.")]
    [InlineData("Use 2026-11-22.", "Use the newest.")]
    public void Any_other_change_is_just_a_change(string before, string now)
    {
        PrefixBreak found = Break([System(Rules + before), User("hi")], [System(Rules + now), User("hi")]);

        Assert.Equal((PrefixChange.TextChanged, null), (found.Change, found.Volatile));
        Assert.Equal("its text changed", found.Cause);
    }

    [Fact]
    public void Messages_removed_or_put_in_are_told_from_changed_ones()
    {
        PromptPart[] history = [System(Rules), User("one", 2), Result("first", 4), User("two", 5), Result("second", 7)];

        Assert.Equal((PrefixChange.PartRemoved, "message 2 (user)"), At(Break(history, [history[0], .. history[3..], User("three", 8)])));
        Assert.Equal((PrefixChange.PartInserted, "message 3 (user)"), At(Break(history, [.. history[..2], User("memory", 3), .. history[2..]])));
        Assert.Equal((PrefixChange.TextChanged, "message 4 (result of read_file)"), At(Break(history, [.. history[..2], Result("[cleared]", 4), .. history[3..]])));

        static (PrefixChange, string) At(PrefixBreak found)
        {
            Assert.True(found.LinesUpAgain);
            return (found.Change, found.Part);
        }
    }

    [Fact]
    public void Results_of_one_text_are_told_apart_by_their_ids()
    {
        PromptPart Answer(string id, string text = "ok") => Result(text, 4) with { Id = id };

        Assert.Equal(PrefixChange.TextChanged, Break([Answer("1"), Answer("2"), Answer("3")], [Answer("1", "[cleared]"), Answer("2"), Answer("3")]).Change);
        Assert.Equal(PrefixChange.PartRemoved, Break([Answer("1"), Answer("2"), Answer("3")], [Answer("2"), Answer("3")]).Change);
    }

    [Fact]
    public void Another_branch_does_not_line_up_again()
    {
        PromptPart[] shared = [System(Rules), User("one", 2)];

        Assert.False(Break([.. shared, Result("first", 4)], [.. shared, Result("another", 4), User("two", 5)]).LinesUpAgain);
    }

    [Fact]
    public void What_is_lost_is_what_stood_behind_and_is_sent_again()
    {
        PromptPart Counted(PromptPart part) => part with { Tokens = part.Text.Length / 2 };
        PromptPart[] earlier = [Counted(System("0123456789")), Counted(User("abcdef")), Counted(Result("xyz!", 4))];
        PromptPart[] later = [Counted(System("01234_6789")), Counted(User("abcdef"))];

        PrefixBreak found = Break(earlier, later);

        Assert.Equal((5, 16L - 5, 8L), (found.Offset, found.LostCharacters, found.LostTokens));
        Assert.Null(Break([System("a"), User("b")], [System("c"), User("b")]).LostTokens);
    }

    [Fact]
    public void Nothing_that_may_be_logged_holds_content()
    {
        const string secret = "hush-hush";
        PrefixBreak found = Break([System(secret + " 10:33"), User(secret)], [System(secret + " 10:34"), User(secret)]);

        Assert.DoesNotContain(secret, found.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(secret, System(secret).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_conversation_with_a_change_at_its_beginning_takes_no_time()
    {
        PromptPart[] earlier = [System("a"), .. Enumerable.Range(0, 100_000).Select(i => User($"before {i}", i + 2))];
        PromptPart[] later = [System("b"), .. Enumerable.Range(0, 100_000).Select(i => User($"now {i}", i + 2))];

        Assert.False(Break(earlier, later).LinesUpAgain); // quadratic work would take minutes
    }
}
