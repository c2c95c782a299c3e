using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Headroom.Extensions.AI.Wire;

/// <summary>An HTTP server on loopback that keeps the bodies it is sent and plays back answers.</summary>
internal sealed class RecordingServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Queue<string> _answers = new();

    public RecordingServer()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0)) // HttpListener cannot choose a free port itself
        {
            probe.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        _listener.Prefixes.Add(Url);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Url { get; }

    public List<string> Bodies { get; } = [];

    public void Answer(string json) => _answers.Enqueue(json);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            Bodies.Add(await reader.ReadToEndAsync());
            byte[] answer = Encoding.UTF8.GetBytes(_answers.Dequeue());
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(answer);
            context.Response.Close();
        }
    }
}
