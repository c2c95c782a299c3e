using System.Text;
using System.Text.Json;
using Headroom.Retrieval;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class AutoFunctionFilterTests
{
    private sealed record Order(int Id, string State);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_text_is_cut_and_what_was_left_out_is_stored(bool streaming)
    {
        Kernel kernel = Build(Log());

        string sent = await SentAsync(kernel, streaming);

        Assert.True(MarkerGrammar.TryParse(sent, out ElidedText? elided));
        Assert.Equal(120, elided.Total);
        Assert.Equal(Log(), (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(elided.Id))).Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Values_become_one_compact_text(bool streaming)
    {
        Order[] orders = [.. Enumerable.Range(1, 4).Select(i => new Order(i, "open"))];
        const string Compact = """[{"id":1,"state":"open"},{"id":2,"state":"open"},{"id":3,"state":"open"},{"id":4,"state":"open"}]""";
        const string Text = "A text that is long enough to be looked at, and says nothing twice.";

        Assert.Equal(Compact, Expand(await SentAsync(Build(orders), streaming)));
        Assert.Equal(Compact, Expand(await SentAsync(Build(orders.ToList()), streaming)));
        Assert.Equal(Compact, Expand(await SentAsync(Build(JsonSerializer.SerializeToElement(orders, JsonSerializerOptions.Web)), streaming)));
        Assert.Equal(Text, await SentAsync(Build(JsonSerializer.SerializeToElement(Text)), streaming));
        Assert.Equal(Text, await SentAsync(Build(new TextContent(Text)), streaming));
        Assert.Equal(Text, await SentAsync(Build(new ChatMessageContent(AuthorRole.Assistant, Text)), streaming));
        Assert.Equal(Text + "," + Text, await SentAsync(Build(new[] { new ChatMessageContent(AuthorRole.Assistant, Text), new ChatMessageContent(AuthorRole.Assistant, Text) }), streaming));

        static string Expand(string text) => new ConversationCompressor().Expand(text);
    }

    public static TheoryData<object?> Untouched() => new(null, 17, true, Encoding.UTF8.GetBytes("bytes"), "", "  ", "short");

    [Theory]
    [MemberData(nameof(Untouched))]
    public async Task What_is_no_text_is_sent_as_without_us(object? value)
    {
        Assert.Equal(await SentAsync(Bare(Function("get", () => value))), await SentAsync(Build(value)));
    }

    [Fact]
    public async Task A_stream_reaches_the_host_unread()
    {
        await using var stream = new MemoryStream(new byte[5000]);
        object? seen = null;
        Kernel kernel = Build((object)stream);
        kernel.AutoFunctionInvocationFilters.Insert(0, new Filter(async (context, next) =>
        {
            await next(context);
            seen = context.Result.GetValue<object>();
            context.Result = new FunctionResult(context.Result, "seen");
        }));

        await SentAsync(kernel);

        Assert.Same(stream, seen);
        Assert.Equal(0, stream.Position);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_exception_of_a_function_is_what_it_is_without_us(bool streaming)
    {
        KernelFunction failing = Function("get", () => throw new InvalidOperationException("The pool is exhausted. " + Log()));

        Assert.Equal(await SentAsync(Bare(failing), streaming), await SentAsync(Build([failing]), streaming));
    }

    [Fact]
    public async Task An_error_result_is_sent_as_without_us()
    {
        object error = JsonSerializer.SerializeToElement(new { content = new[] { new { type = "text", text = Log() } }, isError = true });

        Assert.Equal(await SentAsync(Bare(Function("get", () => error))), await SentAsync(Build(error)));
    }

    [Fact]
    public async Task A_value_nobody_can_write_passes_untouched()
    {
        object? seen = null;
        Kernel kernel = Build((object)new Endless());
        kernel.AutoFunctionInvocationFilters.Insert(0, new Filter(async (context, next) =>
        {
            await next(context);
            seen = context.Result.GetValue<object>();
            context.Result = new FunctionResult(context.Result, "seen");
        }));

        Assert.Equal("seen", await SentAsync(kernel));
        Assert.IsType<Endless>(seen);
    }

    [Fact]
    public async Task A_result_of_fifty_megabytes_is_cut_and_kept()
    {
        string huge = string.Concat(Enumerable.Repeat(Log(1_000) + "\n", 1_000));
        Assert.True(huge.Length > 50_000_000);
        Kernel kernel = Build(huge);

        string sent = await SentAsync(kernel);

        Assert.True(MarkerGrammar.TryParse(sent, out ElidedText? elided));
        Assert.Equal(1_000_000, elided.Total);
        Assert.Same(huge, (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(elided.Id))).Text);
    }

    [Fact]
    public async Task A_look_alike_of_a_marker_is_not_cut_and_redeems_nothing()
    {
        string text = "[headroom 0123456789: 2,000 lines, 61 shown]\n" + Log();
        var model = new ScriptedChatClient().Calls(Call("c1")).Calls(ScriptedChatClient.Call("c2", RetrievalTool.Name, ("id", "0123456789"))).Says("done");

        await Service(model).AskAsync(History(), Build(text));

        Assert.DoesNotContain(" lines, an older", model.Last.Results[0]);
        Assert.Contains(Log().Split('\n')[60][^20..], new ConversationCompressor().Expand(model.Last.Results[0]), StringComparison.Ordinal);
        Assert.Contains("0123456789", model.Last.Results[1], StringComparison.Ordinal);
        Assert.DoesNotContain("Pool", model.Last.Results[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kernel_shared_by_concurrent_requests_serves_each_as_if_alone()
    {
        Task<string[]> Ask(Kernel kernel, int i) => Task.Run(async () =>
        {
            // Equal call ids in every conversation, as some services number them.
            var model = new ScriptedChatClient().Calls(Call("c1"), Call("c2")).Calls(Call("c3")).Says("done");
            await Service(model).AskAsync(History($"Question {i}"), kernel, streaming: i % 2 == 0);
            return model.Last.Wire.ToArray();
        });
        int calls = 0;
        KernelFunction[] functions = [Function("get", () => Log(60 + Interlocked.Increment(ref calls) % 3))];
        KernelFunction[] steady = [Function("get", () => Log(60))];
        Kernel shared = Build(steady), busy = Build(functions);

        string[][] alone = [];
        for (int i = 0; i < 24; i++) alone = [.. alone, await Ask(Build(steady), i)];
        string[][] together = await Task.WhenAll(Enumerable.Range(0, 24).SelectMany(i => (Task<string[]>[])[Ask(shared, i), Ask(busy, i)]));

        Assert.Equal(alone, together.Where((_, i) => i % 2 == 0));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Calls_that_run_side_by_side_are_each_compressed(bool streaming)
    {
        var model = new ScriptedChatClient().Calls(Call("c1"), Call("c2"), Call("c3")).Says("done");
        var builder = new ChatClientBuilder(model).UseKernelFunctionInvocation();
        IChatClient client = builder.Build();
        client.GetService<FunctionInvokingChatClient>()!.AllowConcurrentInvocation = true;

        await client.AsChatCompletionService().AskAsync(History(), Build([Function("get", () => Task.Delay(1).ContinueWith(_ => Log(), TaskScheduler.Default))]), streaming);

        Assert.Equal(3, model.Last.Results.Count);
        Assert.All(model.Last.Results, r => Assert.StartsWith("[headroom ", r));
    }

    [Fact]
    public async Task Policies_come_from_the_options_the_method_and_the_metadata()
    {
        Assert.Equal(Log(), await SentAsync(Build(Log(), options: o =>
        {
            Aggressive(o);
            o.Tool("tools_get").Verbatim();
        })));
        Assert.Equal(Log(), await SentAsync(Build([KernelFunctionFactory.CreateFromMethod(Verbatim, "get")])));
        var metadata = new KernelFunctionFromMethodOptions { FunctionName = "get", AdditionalMetadata = new(new Dictionary<string, object?> { ["headroom"] = "verbatim" }) };
        Assert.Equal(Log(), await SentAsync(Build([KernelFunctionFactory.CreateFromMethod(() => Log(), metadata)])));

        [ToolPolicy(ToolPolicy.Verbatim)]
        static string Verbatim() => Log();
    }

    [Fact]
    public async Task Filters_inside_see_what_functions_return_and_filters_outside_what_is_sent()
    {
        List<string> seen = [];
        Filter See(string name) => new(async (context, next) =>
        {
            await next(context);
            seen.Add($"{name} {(context.Result.GetValue<object>()!.ToString()!.StartsWith("[headroom ", StringComparison.Ordinal) ? "cut" : "whole")}");
        });
        Kernel kernel = Build([Function("get", () => Log())], b => b.Services.AddSingleton<IAutoFunctionInvocationFilter>(See("registered after")));
        kernel.AutoFunctionInvocationFilters.Add(See("added last"));
        kernel.AutoFunctionInvocationFilters.Insert(0, See("put first"));

        await SentAsync(kernel);

        Assert.Equal(["added last whole", "registered after whole", "put first cut"], seen);
    }

    [Fact]
    public async Task A_filter_registered_before_is_inside_as_well()
    {
        string? seen = null;
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton<IAutoFunctionInvocationFilter>(new Filter(async (context, next) =>
        {
            await next(context);
            seen = context.Result.GetValue<string>();
            context.Result = new FunctionResult(context.Result, seen!.Replace("Pool", "Tank"));
        }));
        builder.AddHeadroom(Aggressive);
        builder.Plugins.AddFromFunctions("tools", [Function("get", () => Log())]);

        string sent = await SentAsync(builder.Build());

        Assert.Equal(Log(), seen);
        Assert.StartsWith("[headroom ", sent);
        Assert.Contains("Tank", sent);
    }

    [Fact]
    public async Task What_a_filter_outside_makes_of_a_result_is_what_later_results_are_compared_with()
    {
        string again = Log(12, 5); // small: no marker, but worth a reference where it stands above
        Kernel kernel = Build([Function("get", () => again)]);
        kernel.AutoFunctionInvocationFilters.Insert(0, new Filter(async (context, next) =>
        {
            await next(context);
            if (context.RequestSequenceIndex == 0) context.Result = new FunctionResult(context.Result, "(withheld)");
        }));
        var model = new ScriptedChatClient().Calls(Call("c1")).Calls(Call("c2")).Calls(Call("c3")).Says("done");

        await Service(model).AskAsync(History(), kernel);

        Assert.Equal("(withheld)", model.Last.Results[0]);
        Assert.Equal(again, model.Last.Results[1]); // nothing of it stands above
        Assert.StartsWith("[= lines 1-12 of the result of tools_get (time 2) above]", model.Last.Results[2]);
    }

    [Fact]
    public async Task A_filter_may_terminate_the_loop_or_skip_the_function()
    {
        Kernel terminating = Build([Function("get", () => Log())], b => b.Services.AddSingleton<IAutoFunctionInvocationFilter>(new Filter(async (context, next) =>
        {
            await next(context);
            context.Terminate = true;
        })));
        var model = new ScriptedChatClient().Calls(Call("c1"));
        await Service(model).AskAsync(History(), terminating);
        Assert.Single(model.Requests);

        Kernel skipping = Build([Function("get", () => throw new InvalidOperationException())], b => b.Services.AddSingleton<IAutoFunctionInvocationFilter>(new Filter((context, _) =>
        {
            context.Result = new FunctionResult(context.Result, Log());
            return Task.CompletedTask;
        })));
        Assert.StartsWith("[headroom ", await SentAsync(skipping));
    }

    [Fact]
    public async Task A_filter_that_throws_fails_as_without_us()
    {
        Filter throwing = new((_, _) => throw new InvalidOperationException("no"));
        Kernel bare = Bare(Function("get", () => Log()));
        bare.AutoFunctionInvocationFilters.Add(throwing);

        Assert.Equal(await SentAsync(bare), await SentAsync(Build([Function("get", () => Log())], b => b.Services.AddSingleton<IAutoFunctionInvocationFilter>(throwing))));
    }

    [Fact]
    public async Task A_selector_of_ours_that_throws_fails_no_function()
    {
        Kernel kernel = Build([Function("get", () => Log())], b => b.Services.Configure<HeadroomKernelOptions>(o => o.ScopeSelector = _ => throw new InvalidOperationException()));

        Assert.Equal(Log(), await SentAsync(kernel));
    }

    private sealed class Endless
    {
        public Endless Self => this;
    }
}

/// <summary>A filter of another library.</summary>
internal sealed class Filter(Func<AutoFunctionInvocationContext, Func<AutoFunctionInvocationContext, Task>, Task> run) : IAutoFunctionInvocationFilter
{
    public Task OnAutoFunctionInvocationAsync(AutoFunctionInvocationContext context, Func<AutoFunctionInvocationContext, Task> next) => run(context, next);
}
