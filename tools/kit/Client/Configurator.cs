using System;
using System.Collections.Generic;
using System.Linq;
using MeshNode.Kit.Messages;
using MeshNode.Kit.Networks;
using MeshNode.Network;

namespace MeshNode.Kit.Client;

/// <summary>Configures nodes step by step. Each method begins a <see cref="Procedure"/>, which runs with the ticks of the client's node.</summary>
public sealed class Configurator
{
    private const int ToSecondPhase = 2;
    private const int ToNormal = 3;

    private readonly MeshNetwork _network;
    private readonly ClientNode _client;

    public Configurator(MeshNetwork network, ClientNode client)
    {
        _network = network;
        _client = client;
    }

    /// <summary>Reads the composition of a node.</summary>
    public Procedure ReadComposition(KnownNode node, long now)
    {
        return Run(procedure => CompositionSteps(procedure, node), now);
    }

    /// <summary>Gives an application key to a node.</summary>
    public Procedure AddAppKey(KnownNode node, int appKeyIndex, long now)
    {
        return Run(procedure => AppKeySteps(procedure, node, appKeyIndex), now);
    }

    /// <summary>Binds a model to an application key, which the node has.</summary>
    public Procedure Bind(KnownNode node, int elementAddress, int appKeyIndex, ModelId model, long now)
    {
        return Run(procedure => Step<ModelAppStatus>(procedure, node, ConfigurationMessages.ModelAppBind(elementAddress, appKeyIndex, model)), now);
    }

    /// <summary>Lets a model publish.</summary>
    public Procedure Publish(KnownNode node, int elementAddress, int address, PublicationParameters parameters, ModelId model, long now)
    {
        byte[] message = ConfigurationMessages.ModelPublicationSet(elementAddress, address, parameters, model);

        return Run(procedure => Step<ModelPublicationStatus>(procedure, node, message), now);
    }

    /// <summary>Lets a model subscribe to a group address.</summary>
    public Procedure Subscribe(KnownNode node, int elementAddress, int address, ModelId model, long now)
    {
        byte[] message = ConfigurationMessages.ModelSubscriptionAdd(elementAddress, address, model);

        return Run(procedure => Step<ModelSubscriptionStatus>(procedure, node, message), now);
    }

    /// <summary>Reads the composition of a node, gives it an application key, and binds all models to it that can be.</summary>
    public Procedure SetUp(KnownNode node, int appKeyIndex, long now)
    {
        return Run(procedure => SetUpSteps(procedure, node, appKeyIndex), now);
    }

    /// <summary>Makes a node leave the network.</summary>
    public Procedure Reset(KnownNode node, long now)
    {
        return Run(procedure => ResetSteps(procedure, node), now);
    }

    /// <summary>
    /// Replaces a network key and the application keys bound to it in all nodes that have it, in three phases. See Mesh Protocol 1.1,
    /// section 3.11.4. A node that is excluded keeps the old keys, and is outside the network afterwards.
    /// </summary>
    /// <remarks>A node that does not answer ends the procedure; called again with that node excluded, it goes on.</remarks>
    public Procedure RefreshKeys(int netKeyIndex, IReadOnlyCollection<KnownNode> excluded, long now)
    {
        return Run(procedure => RefreshSteps(procedure, netKeyIndex, excluded), now);
    }

    // Models of the foundation are secured with the device key, but for the health models.
    private static bool TakesAppKey(ModelId model)
    {
        return !model.IsSig || model.Id is 0x0002 or 0x0003 or >= 0x1000;
    }

    private Procedure Run(Func<Procedure, IEnumerable<Request>> steps, long now)
    {
        return _client.Run(new Procedure(steps), now);
    }

    private IEnumerable<Request> Step<TStatus>(Procedure procedure, KnownNode node, byte[] message, Action<TStatus>? succeeded = null)
        where TStatus : class, IStatusMessage<TStatus>
    {
        if (procedure.Failed != null)
        {
            yield break;
        }

        Request<TStatus> request = _client.Configuration.Send<TStatus>(node.Address, message, procedure.Now);

        yield return request;

        if (request.Succeeded)
        {
            succeeded?.Invoke(request.Answer!);
        }
        else
        {
            procedure.Fail(request);
        }
    }

    private IEnumerable<Request> CompositionSteps(Procedure procedure, KnownNode node)
    {
        return Step<CompositionDataStatus>(
            procedure, node, ConfigurationMessages.CompositionDataGet(0), status => node.Composition = status.Page0);
    }

    private IEnumerable<Request> AppKeySteps(Procedure procedure, KnownNode node, int appKeyIndex)
    {
        AppKeyEntry entry = _network.AppKeys.First(key => key.Index == appKeyIndex);
        byte[] message = ConfigurationMessages.AppKeyAdd(entry.NetKeyIndex, entry.Index, entry.Key);

        return Step<AppKeyStatus>(procedure, node, message, _ => node.AppKeys.Add(appKeyIndex));
    }

    private IEnumerable<Request> SetUpSteps(Procedure procedure, KnownNode node, int appKeyIndex)
    {
        foreach (Request request in CompositionSteps(procedure, node).Concat(AppKeySteps(procedure, node, appKeyIndex)))
        {
            yield return request;

            if (procedure.Failed != null)
            {
                yield break;
            }
        }

        for (int i = 0; i < (node.Composition?.Elements.Count ?? 0); i++)
        {
            foreach (ModelId model in node.Composition!.Elements[i].Models.Where(TakesAppKey))
            {
                byte[] message = ConfigurationMessages.ModelAppBind(node.Address + i, appKeyIndex, model);

                foreach (Request request in Step<ModelAppStatus>(procedure, node, message))
                {
                    yield return request;
                }

                if (procedure.Failed != null)
                {
                    yield break;
                }
            }
        }
    }

    private IEnumerable<Request> ResetSteps(Procedure procedure, KnownNode node)
    {
        return Step<NodeResetStatus>(procedure, node, ConfigurationMessages.NodeReset(), _ => _network.RemoveNode(node));
    }

    private IEnumerable<Request> RefreshSteps(Procedure procedure, int netKeyIndex, IReadOnlyCollection<KnownNode> excluded)
    {
        NetKeyEntry entry = _network.NetKeys.First(key => key.Index == netKeyIndex);
        List<KnownNode> nodes = [.. _network.Nodes.Where(node => node.NetKeys.Contains(netKeyIndex) && !excluded.Contains(node))];

        if (entry.Phase == KeyRefreshPhase.Normal)
        {
            _network.StartKeyRefresh(entry);
        }

        if (entry.Phase == KeyRefreshPhase.First)
        {
            _client.SynchronizeKeys();

            foreach (Request request in nodes.SelectMany(node => NewKeySteps(procedure, node, entry)))
            {
                yield return request;
            }

            if (procedure.Failed != null)
            {
                yield break;
            }

            entry.Phase = KeyRefreshPhase.Second;
            _client.SynchronizeKeys();
        }

        foreach (int transition in new[] { ToSecondPhase, ToNormal })
        {
            byte[] message = ConfigurationMessages.KeyRefreshPhaseSet(netKeyIndex, transition);

            foreach (Request request in nodes.SelectMany(node => Step<KeyRefreshPhaseStatus>(procedure, node, [.. message])))
            {
                yield return request;
            }

            if (procedure.Failed != null)
            {
                yield break;
            }
        }

        _network.EndKeyRefresh(entry);
        _client.SynchronizeKeys();
    }

    private IEnumerable<Request> NewKeySteps(Procedure procedure, KnownNode node, NetKeyEntry entry)
    {
        IEnumerable<Request> steps = Step<NetKeyStatus>(procedure, node, ConfigurationMessages.NetKeyUpdate(entry.Index, entry.NewKey));

        foreach (AppKeyEntry appKey in _network.AppKeys.Where(key => key.NetKeyIndex == entry.Index && node.AppKeys.Contains(key.Index)))
        {
            byte[] message = ConfigurationMessages.AppKeyUpdate(entry.Index, appKey.Index, appKey.NewKey);
            steps = steps.Concat(Step<AppKeyStatus>(procedure, node, message));
        }

        return steps;
    }
}
