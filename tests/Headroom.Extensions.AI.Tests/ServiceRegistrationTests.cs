using Headroom.Compressors;
using Headroom.Extensions.AI.Storage;
using Headroom.Storage;
using Headroom.Tokens;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI;

public sealed class ServiceRegistrationTests
{
    [Fact]
    public async Task One_line_plugs_it_in()
    {
        var model = new ScriptedChatClient().Calls(CallRows()).Says("done");
        var services = new ServiceCollection();
        services.AddHeadroom(o => { o.Mode = CompressionMode.Aggressive; o.AggressiveThresholdTokens = 100; }).AddCompressor<NumberedLinesCompressor>();
        services.AddChatClient(model).UseFunctionInvocation().UseHeadroom();
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IChatClient>().GetResponseAsync([User()], Options());

        Assert.StartsWith("[headroom ", model.Last.Results[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keyed_clients_work_and_share_what_is_registered()
    {
        var one = new ScriptedChatClient().Calls(CallRows()).Says("done");
        var two = new ScriptedChatClient().Says("done");
        var services = new ServiceCollection();
        services.AddHeadroom(o => o.Mode = CompressionMode.Lossless).AddCompressor<NumberedLinesCompressor>();
        services.AddKeyedChatClient("one", one).UseFunctionInvocation().UseHeadroom();
        services.AddKeyedChatClient("two", two).UseFunctionInvocation().UseHeadroom(new HeadroomOptions());
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IChatClient>("one").GetResponseAsync([User()], Options());
        await provider.GetRequiredKeyedService<IChatClient>("two").GetResponseAsync([User()], Options());

        Assert.InRange(one.Last.Results[0].Length, 1, Rows.Length - 1); // by whichever compressor was cheapest
        Assert.DoesNotContain("[headroom ", one.Last.Results[0], StringComparison.Ordinal);
        Assert.Equal(["rows"], one.Last.Tools); // lossless, as registered
        Assert.Equal(2, two.Last.Tools.Count); // options given in the call win
    }

    [Fact]
    public void Registering_twice_changes_nothing_and_own_services_win()
    {
        var store = new InMemoryOriginalStore();
        var services = new ServiceCollection();
        services.AddSingleton<IOriginalStore>(store);
        services.AddHeadroom().AddCompressor<NumberedLinesCompressor>();
        services.AddHeadroom().AddCompressor<NumberedLinesCompressor>();
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Same(store, provider.GetRequiredService<ConversationCompressor>().Store!.Inner);
        Assert.Equal(BuiltInCompressors.All.Count + 1, provider.GetServices<ContentCompressor>().Count());
        Assert.Same(O200kTokenCounter.Instance, provider.GetRequiredService<ITokenCounter>());
    }

    [Fact]
    public void Options_out_of_range_are_reported_when_the_pipeline_is_built()
    {
        var services = new ServiceCollection();
        services.AddHeadroom(o => o.BalancedThresholdTokens = 1);
        services.AddChatClient(new ScriptedChatClient()).UseHeadroom();
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<ArgumentException>(provider.GetRequiredService<IChatClient>);
        Assert.Contains("BalancedThresholdTokens", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_can_be_configured_like_any_options()
    {
        var services = new ServiceCollection();
        services.AddHeadroom();
        services.Configure<HeadroomOptions>(o => o.Mode = CompressionMode.Lossless);
        using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(CompressionMode.Lossless, provider.GetRequiredService<IOptions<HeadroomOptions>>().Value.Mode);
        Assert.Equal(CompressionMode.Lossless, provider.GetRequiredService<ConversationCompressor>().Mode);
    }

    [Fact]
    public void Without_a_cache_originals_stay_in_memory()
    {
        using ServiceProvider provider = Provider(_ => { });
        Assert.IsType<InMemoryOriginalStore>(provider.GetRequiredService<IOriginalStore>());
    }

    [Fact]
    public async Task With_a_hybrid_cache_originals_go_there_with_or_without_a_second_level()
    {
        var distributed = new DictionaryDistributedCache();
        await using ServiceProvider two = Provider(s => { s.AddSingleton<IDistributedCache>(distributed); s.AddHybridCache(); });
        await using ServiceProvider one = Provider(s => s.AddHybridCache());
        var key = new OriginalKey("", OriginalId.Compute("original"));

        Assert.IsType<HybridCacheOriginalStore>(two.GetRequiredService<IOriginalStore>());
        Assert.True(await two.GetRequiredService<IOriginalStore>().PutAsync(key, "original"));
        Assert.Equal(1, distributed.Count);
        Assert.True(await one.GetRequiredService<IOriginalStore>().PutAsync(key, "original"));
        Assert.Equal("original", (await one.GetRequiredService<IOriginalStore>().GetAsync(key)).Text);
    }

    [Fact]
    public void A_builder_without_services_works()
    {
        using IChatClient client = new ScriptedChatClient().AsBuilder().UseFunctionInvocation().UseHeadroom().Build();
        Assert.NotNull(client.GetService<HeadroomChatClient>());
    }

    [Fact]
    public void Services_of_the_inner_clients_are_forwarded_and_disposal_too()
    {
        var model = new ScriptedChatClient();
        IChatClient client = model.UseHeadroom(configure: h => h.MaximumRetrievalRounds = 7);

        Assert.Equal("scripted", client.GetService<ChatClientMetadata>()!.ProviderName);
        Assert.Same(model, client.GetService<ScriptedChatClient>());
        Assert.Equal(7, client.GetService<HeadroomChatClient>()!.MaximumRetrievalRounds);
        Assert.Null(client.GetService(typeof(HeadroomChatClient), "key"));
        client.Dispose();
        Assert.True(model.IsDisposed);
    }

    [Fact]
    public void Missing_arguments_are_named()
    {
        Assert.Throws<ArgumentNullException>("builder", () => ((ChatClientBuilder)null!).UseHeadroom());
        Assert.Throws<ArgumentNullException>("innerClient", () => ((IChatClient)null!).UseHeadroom());
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddHeadroom());
        Assert.Throws<ArgumentOutOfRangeException>(() => new HeadroomChatClient(new ScriptedChatClient()).MaximumRetrievalRounds = -1);
    }

    private static ServiceProvider Provider(Action<IServiceCollection> configure)
    {
        var services = new ServiceCollection();
        configure(services);
        services.AddHeadroom();
        return services.BuildServiceProvider();
    }
}
