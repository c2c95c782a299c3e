// An agent looks into a shop: one API response, one log. No key and no network: the model's side is scripted (ScriptedModel.cs),
// everything else is what a real application would run.
using Headroom.Tokens;
using Microsoft.Extensions.AI;
using Quickstart;

const string Decisive = "row 79 rejected: sku=KB-2078 price=\"1.299,00\" is not a number";

using var model = new ScriptedModel();
var sent = new RequestLog(model);                       // what reaches the model
using IChatClient agent = new ChatClientBuilder(sent)
    .UseFunctionInvocation()                            // runs the tools
    .Use(inner => new RequestLog(inner))                // what would be sent without Headroom
    .UseHeadroom()                                      // this line is Headroom
    .Build();

ChatResponse response = await agent.GetResponseAsync(
    [
        new ChatMessage(ChatRole.System, "You find out what went wrong in the shop. Use the tools; answer in two sentences."),
        new ChatMessage(ChatRole.User, "Why was order 48230 charged 0.00 EUR?"),
    ],
    new ChatOptions { Tools = [AIFunctionFactory.Create(ShopTools.GetOrders, "get_orders"), AIFunctionFactory.Create(ShopTools.ReadLog, "read_log")] });

RequestLog without = agent.GetService<RequestLog>()!;
Dictionary<string, string> before = without.ToolResults(), after = sent.ToolResults();
O200kTokenCounter tokens = O200kTokenCounter.Instance;

Console.WriteLine("tool result          without Headroom      sent   the model reads");
foreach ((string call, string text) in after)
{
    string original = before.GetValueOrDefault(call, "");
    string was = original.Length > 0 ? $"{tokens.Count(original),8:N0} tokens" : "       -       ";
    Console.WriteLine($"{call,-20} {was}  {tokens.Count(text),7:N0}   {FirstLine(text)}");
}

int unsqueezed = without.TotalTokens(), squeezed = sent.TotalTokens();
Console.WriteLine();
Console.WriteLine($"all requests         {unsqueezed,8:N0} tokens  {squeezed,7:N0}   {100.0 * (unsqueezed - squeezed) / unsqueezed:0} % fewer, {sent.Requests.Count - without.Requests.Count} more request(s)");
Console.WriteLine($"asked back           {model.Retrieved ?? "nothing"}");
bool survived = after.Values.Any(text => text.Contains(Decisive, StringComparison.Ordinal));
Console.WriteLine($"the decisive line    {(survived ? "is in what the model read" : "IS LOST")}: {Decisive}");
Console.WriteLine($"the answer           {response.Text}");
return survived ? 0 : 1;

static string FirstLine(string text)
{
    string line = text.Split('\n', 2)[0].TrimEnd('\r');
    return line.Length <= 90 ? line : line[..87] + "...";
}
