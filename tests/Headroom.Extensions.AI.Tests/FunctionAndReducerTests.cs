using Headroom.Storage;
using static Headroom.Extensions.AI.Pipelines;

namespace Headroom.Extensions.AI
{
    public sealed class FunctionAndReducerTests
    {
        [Fact]
        public async Task A_function_compresses_its_result_at_birth()
        {
            AIFunction function = RowsTool().WithHeadroom(Compressor());

            Assert.StartsWith("rows:\n", Assert.IsType<string>(await function.InvokeAsync()), StringComparison.Ordinal);
            Assert.Equal("rows", function.Name);
            Assert.Equal("Lists the rows.", function.Description);
        }

        [Fact]
        public async Task It_cuts_only_when_told_that_the_model_can_retrieve_and_keeps_the_original()
        {
            var store = new InMemoryOriginalStore();
            AIFunction function = RowsTool().WithHeadroom(Compressor(store), canRetrieve: true, scope: "tenant");

            Assert.StartsWith("[headroom ", Assert.IsType<string>(await function.InvokeAsync()), StringComparison.Ordinal);
            Assert.Equal(Rows, (await store.GetAsync(new OriginalKey("tenant", OriginalId.Compute(Rows)))).Text);
        }

        [Fact]
        public void A_function_is_wrapped_once_and_approval_is_kept()
        {
            AIFunction once = new ApprovalRequiredAIFunction(RowsTool()).WithHeadroom(Compressor());

            Assert.Same(once, once.WithHeadroom(Compressor()));
            Assert.NotNull(once.GetService<ApprovalRequiredAIFunction>());
        }

        [Fact]
        public async Task A_wrapped_function_in_a_pipeline_is_compressed_once()
        {
            ConversationCompressor compressor = Compressor();
            var model = new ScriptedChatClient().Calls(CallRows()).Retrieves("c2").Says("done");

            await Build(model, Arrangement.Both, compressor).GetResponseAsync([User()], Options(RowsTool().WithHeadroom(compressor, canRetrieve: true)));

            Assert.Single(Headroom.Retrieval.MarkerGrammar.FindIds(model.Requests[1].Results[0]));
            Assert.Equal(Rows, model.Last.Results[^1]);
        }

        [Fact]
        public async Task Null_and_objects_of_functions_are_read_like_any_result()
        {
            Assert.Null(await AIFunctionFactory.Create(() => { }, "nothing").WithHeadroom(Compressor()).InvokeAsync());
            Assert.Equal("""{"a":1}""", await AIFunctionFactory.Create(() => new { a = 1 }, "object").WithHeadroom(Compressor()).InvokeAsync());
            var content = Assert.IsType<FunctionResultContent>(
                await AIFunctionFactory.Create(() => new FunctionResultContent("c1", Rows), "content").WithHeadroom(Compressor()).InvokeAsync());
            Assert.StartsWith("rows:\n", (string)content.Result!, StringComparison.Ordinal);
        }

        [Fact]
        public async Task A_kernel_function_is_never_wrapped_nor_joined_by_a_plain_one()
        {
            var kernelFunction = new Microsoft.SemanticKernel.FakeKernelFunction(RowsTool());
            Assert.Throws<ArgumentException>(() => kernelFunction.WithHeadroom());

            var model = new ScriptedChatClient().Says("done");
            await Build(model, Arrangement.Outside).GetResponseAsync([User()], Options(kernelFunction));
            Assert.Same(kernelFunction, Assert.Single(model.Last.Options!.Tools!));

            model.Says("done");
            await Build(model, Arrangement.Inside).GetResponseAsync([User()], Options(kernelFunction));
            Assert.Same(kernelFunction, model.Last.Options!.Tools![0]);
            Assert.Equal(2, model.Last.Tools.Count); // inside, we answer the call ourselves
        }

        [Fact]
        public async Task A_reducer_compresses_without_loss_and_keeps_every_message()
        {
            var reducer = new HeadroomChatReducer(Compressor());
            ChatMessage[] history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];

            ChatMessage[] reduced = [.. await reducer.ReduceAsync(history, CancellationToken.None)];

            Assert.Equal(3, reduced.Length);
            Assert.Same(history[0], reduced[0]);
            Assert.StartsWith("rows:\n", (string)((FunctionResultContent)reduced[2].Contents[0]).Result!, StringComparison.Ordinal);
            Assert.Equal(SentRequest.WireOf(reduced[2]), SentRequest.WireOf((await reducer.ReduceAsync(reduced, CancellationToken.None)).Last()));
        }

        [Fact]
        public async Task A_reducer_cuts_when_told_that_the_model_can_retrieve()
        {
            var store = new DictionaryOriginalStore();
            var reducer = new HeadroomChatReducer(Compressor(store), canRetrieve: true);
            ChatMessage[] history = [User(), new(ChatRole.Assistant, [CallRows()]), new(ChatRole.Tool, [new FunctionResultContent("c1", Rows)])];

            ChatMessage[] reduced = [.. await reducer.ReduceAsync(history, CancellationToken.None)];

            Assert.StartsWith("[headroom ", (string)((FunctionResultContent)reduced[2].Contents[0]).Result!, StringComparison.Ordinal);
            Assert.Equal(1, store.Count);
        }

        [Fact]
        public async Task A_reducer_makes_room_in_few_steps_and_stores_what_gives_way()
        {
            var store = new DictionaryOriginalStore();
            var reducer = new HeadroomChatReducer(SmallWindow(store), canRetrieve: true);
            List<ChatMessage> history = [];
            string[] before = [];
            int steps = 0;
            for (int turn = 0; turn < 30; turn++)
            {
                history.AddRange([User($"Question {turn}"), new(ChatRole.Assistant, [CallRows($"c{turn}")]), new(ChatRole.Tool, [new FunctionResultContent($"c{turn}", Page(turn))])]);
                ChatMessage[] reduced = [.. await reducer.ReduceAsync(history, CancellationToken.None)];
                string[] sent = [.. reduced.Select(SentRequest.WireOf)];
                if (!sent.Take(before.Length).SequenceEqual(before)) steps++;
                before = sent;
                Assert.Equal(history.Count, reduced.Length);
                Assert.Equal(before, (await new HeadroomChatReducer(SmallWindow(), canRetrieve: true).ReduceAsync(history, CancellationToken.None)).Select(SentRequest.WireOf));
            }

            Assert.InRange(steps, 2, 8);
            string[] gone = [.. Enumerable.Range(0, 30).Select(Page).Where(p => !before.Any(w => w.Contains(p, StringComparison.Ordinal)))];
            Assert.InRange(gone.Length, 10, 28);
            foreach (string page in gone) Assert.Equal(page, (await store.GetAsync(new OriginalKey("", OriginalId.Compute(page)))).Text);
        }

        [Fact]
        public async Task Where_a_reducers_history_is_what_it_returned_nothing_is_cut_twice()
        {
            var reducer = new HeadroomChatReducer(SmallWindow(), canRetrieve: true);
            List<ChatMessage> history = [];
            for (int turn = 0; turn < 30; turn++)
            {
                history.AddRange([User($"Question {turn}"), new(ChatRole.Assistant, [CallRows($"c{turn}")]), new(ChatRole.Tool, [new FunctionResultContent($"c{turn}", Page(turn))])]);
                history = [.. await reducer.ReduceAsync(history, CancellationToken.None)]; // as a host does that keeps the reduced history
                string[] results = [.. history.SelectMany(m => m.Contents).OfType<FunctionResultContent>().Select(r => (string)r.Result!)];
                for (int i = 0; i < results.Length; i++)
                    Assert.True(results[i] == Page(i) || results[i].StartsWith($"[headroom {OriginalId.Compute(Page(i))}: ", StringComparison.Ordinal));
            }

            Assert.Equal(90, history.Count);
        }
    }
}

namespace Microsoft.SemanticKernel
{
#pragma warning disable CA1812 // The name is what counts: Headroom recognises kernel functions by it.
    internal abstract class KernelFunction(AIFunction inner) : DelegatingAIFunction(inner);
#pragma warning restore CA1812

    internal sealed class FakeKernelFunction(AIFunction inner) : KernelFunction(inner);
}
