// Chunks of a search become one text: overlaps merged, and cut by the question to what answers it. No key, no network, no server:
// the search runs in the process (EmbeddedSearch.cs), the model's side is scripted (ScriptedModel.cs).
using System.ComponentModel;
using Headroom;
using Headroom.Extensions.AI;
using Headroom.Rag;
using Headroom.Storage;
using Microsoft.Extensions.AI;
using RagSample;

const string Question = "How early must a passenger with a motorised wheelchair tell the port office?";
const string Nowhere = "Who designed the logo of the company?";
const string Answer = "at least 36 hours before departure";

var search = new EmbeddedSearch(Path.Combine(AppContext.BaseDirectory, "Data"));
var canRetrieve = new ConversationContext { CanRetrieve = true };
var lossless = new ConversationCompressor(new HeadroomOptions { Mode = CompressionMode.Lossless });
var balanced = new ConversationCompressor(store: new InMemoryOriginalStore());
bool survived = true;

Console.WriteLine("twelve chunks            tokens   saved   the answer");
await ShowAsync("lossless: merged", lossless, Question, null);
await ShowAsync("balanced", balanced, Question, null);
await ShowAsync("balanced, 1,000 at most", balanced, Question, 1_000);
await ShowAsync("balanced, 500 at most", balanced, Question, 500);
await ShowAsync("no answer in any chunk", balanced, Nowhere, null);

// The same in an agent: the search is its tool, and what the tool left out can be asked back.
[Description("Searches the handbook.")]
async Task<string> SearchAsync(string question) => (await balanced.CompressChunksAsync(question, search.Find(question, 12), canRetrieve, maxTokens: 500)).Text;

using var model = new ScriptedModel();
using IChatClient agent = new ChatClientBuilder(model)
    .UseFunctionInvocation()
    .Use(inner => new HeadroomChatClient(inner, balanced)) // the same engine, so the same originals
    .Build();
ChatResponse response = await agent.GetResponseAsync(Question, new ChatOptions { Tools = [AIFunctionFactory.Create(SearchAsync, "search_handbook")] });

Console.WriteLine();
Console.WriteLine(model.Read[0]);
Console.WriteLine();
Console.WriteLine($"it asked back   {(model.Read.Count > 1 ? model.Read[1].Split('\n')[0] : "nothing")}");
Console.WriteLine($"its answer      {response.Text}");
survived &= response.Text.Contains(Answer, StringComparison.Ordinal);
Console.WriteLine(survived ? $"The same answer span survived everywhere: \"{Answer}\"" : "THE ANSWER IS LOST");
return survived ? 0 : 1;

async Task ShowAsync(string name, ConversationCompressor compressor, string question, int? maxTokens)
{
    RagContext context = await compressor.CompressChunksAsync(question, search.Find(question, 12), canRetrieve, maxTokens);
    bool isThere = context.Text.Contains(Answer, StringComparison.Ordinal), isAsked = question == Question;
    survived &= isThere || !isAsked;
    string answer = !isAsked ? "-" : isThere ? "is there" : "IS LOST";
    Console.WriteLine($"{name,-23} {context.TokensAfter,7:N0}   {100.0 * (context.TokensBefore - context.TokensAfter) / context.TokensBefore,4:0} %   {answer}");
}
