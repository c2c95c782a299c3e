using System.Reflection;
using Headroom.Economics;
using Headroom.Extensions.AI;
using Headroom.Extensions.AI.Storage;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class RegistrationTests
{
    [Fact]
    public async Task Kernels_of_a_host_have_everything()
    {
        var services = new ServiceCollection();
        services.AddHybridCache();
        services.AddKernel().AddHeadroom(Aggressive);
        services.AddSingleton(KernelPluginFactory.CreateFromFunctions("tools", [Function("get", () => Log())]));
        await using ServiceProvider provider = services.BuildServiceProvider();

        Kernel one = provider.GetRequiredService<Kernel>(), two = provider.GetRequiredService<Kernel>();

        Assert.NotSame(one, two);
        Assert.StartsWith("[headroom ", await SentAsync(one));
        Assert.StartsWith("[headroom ", await SentAsync(two));
        Assert.IsType<HybridCacheOriginalStore>(provider.GetRequiredService<ConversationCompressor>().Store?.Inner);
        Assert.Equal(2, provider.GetRequiredService<IHeadroomLedger>().Snapshot().Compressed.PartialRequests);
    }

    [Fact]
    public void Adding_it_twice_adds_it_once()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddHeadroom();
        builder.AddHeadroom(o => o.Mode = CompressionMode.Aggressive);
        Kernel kernel = builder.Build();

        Assert.Single(kernel.AutoFunctionInvocationFilters);
        Assert.Equal(CompressionMode.Aggressive, kernel.GetRequiredService<ConversationCompressor>().Mode);
        Assert.Single(kernel.AddHeadroom().AutoFunctionInvocationFilters);
        Assert.Single(kernel.Plugins);
    }

    [Fact]
    public void Plugins_that_were_registered_as_a_whole_stay()
    {
        var mine = new KernelPluginCollection([KernelPluginFactory.CreateFromFunctions("mine", [Function("get", () => 1)])]);
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddSingleton(mine);
        builder.AddHeadroom();
        Kernel first = builder.Build(), second = new(first.Services);

        Assert.Same(mine, first.Plugins);
        Assert.Same(mine, second.Plugins);
        Assert.Equal(["headroom", "mine"], mine.Select(p => p.Name).Order());
    }

    [Fact]
    public void A_setting_out_of_range_is_named_when_the_kernel_is_built()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.AddHeadroom(o => o.AggressiveThresholdTokens = 1);

        Assert.Contains("AggressiveThresholdTokens", Assert.Throws<ArgumentException>(() => builder.Build()).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Kernel().AddHeadroom(new HeadroomOptions { AggressiveThresholdTokens = 1 }));
    }

    [Fact]
    public async Task In_shadow_mode_nothing_changes_and_the_ledger_shows_what_would_have()
    {
        Kernel kernel = Build(Log(), options: o =>
        {
            Aggressive(o);
            o.Shadow = true;
        });
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        await Service(model).AskAsync(History(), kernel);

        Assert.Equal(Log(), model.Last.Results[0]);
        Assert.Equal(["tools_get"], model.Last.Tools);
        Assert.True(kernel.GetRequiredService<IHeadroomLedger>().Snapshot().Shadow.TouchedItems.Net > 0);
    }

    [Fact]
    public async Task Conversations_that_are_held_out_are_left_alone()
    {
        Kernel kernel = Build(Log(), options: o =>
        {
            Aggressive(o);
            o.HoldOutShare = 1;
        });

        Assert.Equal(Log(), await SentAsync(kernel));
    }

    [Fact]
    public async Task The_ledger_knows_what_was_saved_at_birth()
    {
        Kernel kernel = Build(Log());
        string sent = await SentAsync(kernel);

        LedgerFigures figures = kernel.GetRequiredService<IHeadroomLedger>().Snapshot().Compressed;
        var tokens = kernel.GetRequiredService<ConversationCompressor>().Tokens;
        Assert.Equal((1, 1), (figures.Requests, figures.PartialRequests));
        Assert.Equal(tokens.Count(Log()), figures.TouchedItems.Before);
        Assert.Equal(tokens.Count(sent), figures.TouchedItems.Sent);
        Assert.True(figures.TouchedItems.Overhead.Markers > 0);
    }

    [Theory]
    [InlineData(StoreFailure.Throw)]
    [InlineData(StoreFailure.Refuse)]
    public async Task A_store_that_fails_leaves_results_whole(StoreFailure failure)
    {
        Kernel kernel = Build([Function("get", () => Log())], b => b.Services.AddSingleton<IOriginalStore>(new FailingOriginalStore(failure)));

        Assert.Equal(Log(), new ConversationCompressor().Expand(await SentAsync(kernel)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_a_chat_client_the_middleware_inside_the_loop_is_enough(bool streaming)
    {
        // The documented order: the loop outside, Headroom inside it.
        var model = new ScriptedChatClient().Calls(Call("c1")).Then(r => new ChatResponse(new ChatMessage(ChatRole.Assistant,
            [ScriptedChatClient.Call("c2", "headroom_retrieve", ("id", Retrieval.MarkerGrammarIds(r)))])
        { MessageId = "m" })).Says("done");
        await Service(model, b => b.UseHeadroom(Options(), new InMemoryOriginalStore())).AskAsync(History(), Bare(Function("get", () => Log())), streaming);

        Assert.StartsWith("[headroom ", model.Last.Results[0]);
        Assert.Equal(Log(), model.Last.Results[1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task With_the_loop_inside_the_middleware_cannot_help_and_does_no_harm(bool streaming)
    {
        var model = new ScriptedChatClient().Calls(Call("c1")).Says("done");
        IChatClient client = new ChatClientBuilder(model).UseHeadroom(Options(), new InMemoryOriginalStore()).UseKernelFunctionInvocation().Build(new ServiceCollection().BuildServiceProvider());

        await client.AsChatCompletionService().AskAsync(History(), Bare(Function("get", () => Log())), streaming);

        Assert.Equal(Log(), model.Last.Results[0]);
        Assert.Equal(["tools_get"], model.Last.Tools);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_filter_and_the_middleware_together_send_what_the_filter_sends(bool streaming)
    {
        string[][] sent = [];
        foreach (bool both in (bool[])[false, true])
        {
            var model = new ScriptedChatClient().Calls(Call("c1")).Calls(Call("c2")).Says("done");
            await Service(model, both ? b => b.UseHeadroom(Options(), new InMemoryOriginalStore()) : null).AskAsync(History(), Build(Log()), streaming);
            sent = [.. sent, [.. model.Last.Results]];
        }

        Assert.Equal(sent[0], sent[1]);
    }

    [Theory]
    [InlineData("Microsoft.SemanticKernel.Abstractions")]
    [InlineData("Microsoft.SemanticKernel.Core")]
    [InlineData("Microsoft.Extensions.VectorData.Abstractions")]
    public void The_assembly_refers_to_assemblies_by_their_real_identity(string name)
    {
        AssemblyName reference = typeof(HeadroomPrompt).Assembly.GetReferencedAssemblies().Single(a => a.Name == name);

        Assert.Equal("f300afd708cefcd3", Convert.ToHexStringLower(reference.GetPublicKeyToken()!));
    }

    [Fact]
    public void The_public_surface_is_the_approved_one() =>
        Assert.Null(PublicApi.DifferenceFromApproved(typeof(HeadroomPrompt).Assembly, "tests/Headroom.SemanticKernel.Tests/PublicApi.approved.txt"));

    private static class Retrieval
    {
        public static string MarkerGrammarIds(SentRequest request) => request.Results.SelectMany(r => Headroom.Retrieval.MarkerGrammar.FindIds(r)).First();
    }
}
