using System.Net;
using Headroom.Extensions.AI;
using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class PromptFilterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_marked_part_is_cut_and_the_signs_are_taken_out(bool streaming)
    {
        (Kernel kernel, ScriptedConnector connector) = Build();

        await AskAsync(kernel, $"Answer from this:\n[[headroom]]\n{Log()}\n[[/headroom]]\nWhich pool is exhausted?", streaming);

        string sent = connector.Requests[0][0];
        Assert.StartsWith("user: Answer from this:\n[headroom ", sent);
        Assert.EndsWith("\nWhich pool is exhausted?", sent);
        Assert.DoesNotContain("[[", sent);
        string id = MarkerGrammar.FindIds(sent).Single();
        Assert.Equal(Log(), (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(id))).Text);
    }

    [Fact]
    public async Task A_marked_part_with_a_question_of_its_own_is_cut_by_it()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();
        connector.Says("done").Says("done");
        string text = Document();

        await AskAsync(kernel, $"[[headroom: what does the ferry cost?]]{text}[[/headroom]] Be brief.");
        await AskAsync(kernel, $"[[headroom: when does the museum open?]]{text}[[/headroom]] Be brief.");

        Assert.Contains("The ferry costs 14 crowns.", connector.Requests[0][0], StringComparison.Ordinal);
        Assert.Contains("The museum opens at nine on weekdays.", connector.Requests[1][0], StringComparison.Ordinal);
        Assert.DoesNotContain("The museum opens at nine on weekdays.", connector.Requests[0][0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_variable_brings_along_is_encoded_and_its_mark_is_found_all_the_same()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();
        string text = Log().Replace("GET", "<GET> & \"get\"", StringComparison.Ordinal);

        await AskAsync(kernel, "{{$document}}\nWhich pool is exhausted?", document: HeadroomPrompt.Mark(text));

        Assert.StartsWith("user: [headroom ", connector.Requests[0][0]);
        string id = MarkerGrammar.FindIds(connector.Requests[0][0]).Single();
        // Prompts of one message are not decoded by anyone: what the template encoded stays so, with us and without.
        Assert.Equal(WebUtility.HtmlEncode(text), (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(id))).Text);
    }

    [Fact]
    public async Task In_a_prompt_of_several_messages_originals_are_what_the_model_would_read()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();
        string text = Log().Replace("GET", "<GET> & \"get\"", StringComparison.Ordinal);

        await AskAsync(
            kernel, "<message role=\"system\">Be brief.</message><message role=\"user\">{{$document}}\nWhich pool is exhausted?</message>",
            document: HeadroomPrompt.Mark(text));

        Assert.Equal(2, connector.Requests[0].Length);
        string id = MarkerGrammar.FindIds(connector.Requests[0][1]).Single();
        Assert.Equal(text, (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(id))).Text);
        Assert.Contains("<GET> & \"get\"", connector.Requests[0][1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Nothing is marked here.")]
    [InlineData("One sign [[headroom]] that nothing closes.")]
    [InlineData("One sign that nothing opens [[/headroom]].")]
    [InlineData("A word [[headroomy]] and another [[headroom without an end.")]
    [InlineData("")]
    public async Task Prompts_without_a_marked_part_pass_as_they_are(string prompt)
    {
        (Kernel kernel, ScriptedConnector connector) = Build();

        await AskAsync(kernel, prompt + "!");

        Assert.Equal($"user: {prompt}!", connector.Requests[0][0]);
    }

    [Fact]
    public async Task Short_parts_lose_only_their_signs()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();

        await AskAsync(kernel, "[[headroom]]one[[/headroom]] and [[headroom]]\ntwo\n[[/headroom]][[headroom: x]][[/headroom]] [[headroom]]three");

        Assert.Equal("user: one and two [[headroom]]three", connector.Requests[0][0]);
    }

    [Fact]
    public async Task Without_the_function_offered_nothing_is_left_out()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();

        await kernel.InvokePromptAsync(HeadroomPrompt.Mark(Log()));

        Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[0][0]["user: ".Length..]));
    }

    [Fact]
    public async Task A_failing_store_and_a_failing_selector_leave_the_prompt_whole()
    {
        foreach (bool store in (bool[])[false, true])
        {
            (Kernel kernel, ScriptedConnector connector) = Build(b =>
            {
                if (store) b.Services.AddSingleton<IOriginalStore>(new FailingOriginalStore(StoreFailure.Throw));
                else b.Services.Configure<HeadroomKernelOptions>(o => o.ScopeSelector = _ => throw new InvalidOperationException());
            });

            await AskAsync(kernel, HeadroomPrompt.Mark(Log()));

            Assert.Equal(Log(), new ConversationCompressor().Expand(connector.Requests[0][0]["user: ".Length..]));
        }
    }

    [Fact]
    public async Task A_prompt_of_signs_takes_linear_time()
    {
        (Kernel kernel, ScriptedConnector connector) = Build();
        string signs = string.Concat(Enumerable.Repeat("[[headroom: ", 200_000));

        await AskAsync(kernel, signs);

        Assert.Equal("user: " + signs, connector.Requests[0][0]);
    }

    private static (Kernel Kernel, ScriptedConnector Connector) Build(Action<IKernelBuilder>? configure = null)
    {
        var connector = new ScriptedConnector().Says("done");
        Kernel kernel = Kernels.Build([Function("get", () => Log())], b =>
        {
            configure?.Invoke(b);
            b.Services.AddSingleton<IChatCompletionService>(connector);
            b.AddHeadroom().CompressMarkedPrompts();
        });
        return (kernel, connector);
    }

    private static async Task AskAsync(Kernel kernel, string prompt, bool streaming = false, string? document = null)
    {
        KernelArguments with = new(Auto());
        if (document is not null) with["document"] = document;
        if (!streaming)
        {
            await kernel.InvokePromptAsync(prompt, with);
            return;
        }

        await foreach (StreamingKernelContent _ in kernel.InvokePromptStreamingAsync(prompt, with))
        {
        }
    }

    private static string Document() => string.Join("\n\n", Enumerable.Range(0, 24).Select(i => i switch
    {
        7 => "The ferry costs 14 crowns. It leaves from the western pier, twice in summer and once in winter, unless the wind is too strong for its captain.",
        16 => "The museum opens at nine on weekdays. Its halls show nets, lamps and the letters that keepers wrote to each other over many long winters.",
        _ => $"Paragraph {i} tells of harbour {i * 7 % 13} and of its lighthouse, which was built of stone number {i * 31 % 17} and repaired in the year {1800 + i * 5} by a mason from inland.",
    }));
}
