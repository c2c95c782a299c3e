using Headroom.Extensions.AI;
using Headroom.Retrieval;
using Headroom.Storage;
using Microsoft.Extensions.DependencyInjection;
using static Headroom.SemanticKernel.Kernels;

namespace Headroom.SemanticKernel;

public sealed class ManualFunctionFilterTests
{
    [Fact]
    public async Task Text_is_cut_where_the_host_says_that_the_model_can_fetch_it()
    {
        Kernel kernel = Build(Log(), canRetrieve: true);

        string sent = (await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")))!;

        Assert.True(MarkerGrammar.TryParse(sent, out ElidedText? elided));
        Assert.Equal(Log(), (await kernel.GetRequiredService<ConversationCompressor>().Store!.GetAsync(Key(elided.Id))).Text);
        Assert.Equal(Log(), await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("headroom", "retrieve"), new KernelArguments { ["id"] = elided.Id }));
    }

    [Fact]
    public async Task Nothing_is_left_out_otherwise()
    {
        Kernel kernel = Build(Log(), canRetrieve: false);

        string sent = (await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")))!;

        Assert.Equal(Log(), new ConversationCompressor().Expand(sent));
    }

    [Fact]
    public async Task Without_it_results_are_what_functions_return()
    {
        Kernel kernel = Kernels.Build(Log());

        Assert.Same(await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")), await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")));
    }

    [Fact]
    public async Task Values_keep_their_type()
    {
        object value = new[] { Log(), Log() };
        Kernel kernel = Build(value, canRetrieve: true);

        Assert.Same(value, await kernel.InvokeAsync<object>(kernel.Plugins.GetFunction("tools", "get")));
        kernel = Build(null, canRetrieve: true);
        Assert.Null(await kernel.InvokeAsync<object>(kernel.Plugins.GetFunction("tools", "get")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task In_the_loop_it_leaves_results_to_the_other_filter(bool streaming)
    {
        Assert.Equal(await SentAsync(Kernels.Build(Log()), streaming), await SentAsync(Build(Log(), canRetrieve: true), streaming));
    }

    [Fact]
    public async Task What_is_to_stay_verbatim_does()
    {
        Kernel kernel = Kernels.Build([Function("get", () => Log())], b => b.AddHeadroom(o => o.Tool("tools_get").Verbatim()).CompressManualInvocations(canRetrieve: true));

        Assert.Equal(Log(), await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")));
    }

    [Fact]
    public async Task Exceptions_of_functions_pass_and_failures_of_ours_do_not()
    {
        Kernel failing = Kernels.Build([Function("get", () => throw new InvalidOperationException("no"))], b => b.AddHeadroom().CompressManualInvocations(canRetrieve: true));
        await Assert.ThrowsAsync<InvalidOperationException>(() => failing.InvokeAsync<string>(failing.Plugins.GetFunction("tools", "get")));

        Kernel ours = Kernels.Build([Function("get", () => Log())], b =>
        {
            b.Services.Configure<HeadroomKernelOptions>(o => o.ScopeSelector = _ => throw new InvalidOperationException());
            b.AddHeadroom().CompressManualInvocations(canRetrieve: true);
        });
        Assert.Equal(Log(), await ours.InvokeAsync<string>(ours.Plugins.GetFunction("tools", "get")));
    }

    [Fact]
    public async Task A_store_that_fails_leaves_results_whole()
    {
        Kernel kernel = Kernels.Build([Function("get", () => Log())], b =>
        {
            b.Services.AddSingleton<IOriginalStore>(new FailingOriginalStore(StoreFailure.Throw));
            b.AddHeadroom().CompressManualInvocations(canRetrieve: true);
        });

        Assert.Equal(Log(), new ConversationCompressor().Expand((await kernel.InvokeAsync<string>(kernel.Plugins.GetFunction("tools", "get")))!));
    }

    private static Kernel Build(object? value, bool canRetrieve) => Kernels.Build([Function("get", () => value)], b => b.AddHeadroom().CompressManualInvocations(canRetrieve));
}
