//! Listens, and answers both messages over HTTP.
//!
//! Whatever comes in is bounded: the body, how long it may take, how many messages are dealt with at a
//! time, and how long the chain may take. Every answer is JSON with `approval`, and with `error` when
//! that is false.

use std::{
	future::Future,
	net::SocketAddr,
	sync::Arc,
	time::{Duration, Instant},
};

use axum::{
	body::{to_bytes, Bytes},
	extract::{Request, State},
	http::{header, HeaderValue, StatusCode},
	middleware,
	response::{IntoResponse, Response},
	routing::post,
	Json, Router,
};
use madang_client::chain;
use madang_primitives::{portal::PortalId, MetaverseId};
use madang_runtime::{AccountId, BlockNumber};
use serde_json::{json, Value};
use sp_core::{crypto::Ss58Codec, sr25519};
use tokio::{
	net::TcpListener,
	sync::{OwnedSemaphorePermit, Semaphore},
	time::timeout,
};

use crate::{
	callback::Caller,
	gate::{judge, portal_at, Pass, Verdict},
	memory::{Denied, Memory},
	message::{Callbacks, Malformed, Query, Teleport, TeleportId, Visit, MAX_BODY},
	node::{self, Node},
	options::{BadKey, Options},
	statement::Statement,
};

/// Most messages that are dealt with at a time.
const AT_ONCE: usize = 256;

/// Most that a body may take to arrive.
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// Most that a Query may take.
const QUERY_PATIENCE: Duration = Duration::from_secs(10);

/// Most that a Teleport may take: a block has to have the transaction of the gatekeeper.
const TELEPORT_PATIENCE: Duration = Duration::from_secs(40);

/// Why the server does not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
	/// The chain cannot be asked.
	#[error(transparent)]
	Node(#[from] node::Error),
	/// Nobody founded this metaverse, or it was closed.
	#[error("the chain has no metaverse {0}; look the id up with metaverse_bySlug")]
	UnknownMetaverse(MetaverseId),
	/// There is no key of a gatekeeper.
	#[error(transparent)]
	Key(#[from] BadKey),
	/// The address is not to be had.
	#[error("cannot listen on {address}: {source}")]
	Listen {
		/// The address.
		address: SocketAddr,
		/// Why not.
		source: std::io::Error,
	},
}

/// A server that listens and does not answer yet.
pub struct Server {
	listener: TcpListener,
	address: SocketAddr,
	world: Arc<World>,
	slug: String,
}

/// What all answers need.
struct World {
	metaverse: MetaverseId,
	entry: String,
	ttl: Duration,
	gatekeeper: Option<sr25519::Pair>,
	node: Node,
	memory: Memory,
	caller: Caller,
	permits: Arc<Semaphore>,
}

impl Server {
	/// Connects to the node, makes sure that the metaverse exists, and listens.
	pub async fn start(options: Options) -> Result<Self, Error> {
		let gatekeeper = options.gatekeeper()?;
		let node = Node::connect(&options.url).await?;
		let metaverse = node
			.metaverse(options.metaverse)
			.await?
			.ok_or(Error::UnknownMetaverse(options.metaverse))?;
		let failed = |source| Error::Listen {
			address: options.listen,
			source,
		};
		let listener = TcpListener::bind(options.listen).await.map_err(failed)?;
		let address = listener.local_addr().map_err(failed)?;
		let (ttl, stay) = (options.ttl(), options.stay());
		Ok(Self {
			listener,
			address,
			world: Arc::new(World {
				metaverse: options.metaverse,
				entry: options.entry.to_string(),
				ttl,
				gatekeeper,
				node,
				memory: Memory::new(ttl, stay, options.capacity),
				caller: Caller::new(options.ack),
				permits: Arc::new(Semaphore::new(AT_ONCE)),
			}),
			slug: String::from_utf8_lossy(&metaverse.slug).into_owned(),
		})
	}

	/// Where it listens.
	pub const fn address(&self) -> SocketAddr {
		self.address
	}

	/// What the operator wants to know in the beginning.
	pub fn greeting(&self) -> String {
		let World {
			metaverse,
			entry,
			gatekeeper,
			..
		} = &*self.world;
		let doors = match gatekeeper {
			Some(pair) => format!(
				"{} admits visitors on chain, which pays their tolls out",
				chain::account_of(pair)
			),
			None => "no gatekeeper: tolls are paid out when the time of a pass is over".into(),
		};
		format!(
			"answers for metaverse {metaverse} ({}) on http://{address}/query and \
			 http://{address}/teleport; worlds send Teleport to {entry}; {doors}",
			self.slug,
			address = self.address
		)
	}

	/// Answers until `stop` is over.
	pub async fn run(self, stop: impl Future<Output = ()> + Send + 'static) -> std::io::Result<()> {
		let router = Router::new()
			.route("/query", post(query).options(preflight))
			.route("/teleport", post(teleport).options(preflight))
			.fallback(nothing_here)
			.method_not_allowed_fallback(wrong_method)
			.layer(middleware::map_response(for_all_origins))
			.with_state(self.world);
		axum::serve(self.listener, router)
			.with_graceful_shutdown(stop)
			.await
	}
}

/// Why a message is answered with `approval: false`.
#[derive(Debug)]
struct Refusal {
	status: StatusCode,
	sentence: String,
}

impl Refusal {
	fn new(status: StatusCode, sentence: impl ToString) -> Self {
		Self {
			status,
			sentence: sentence.to_string(),
		}
	}

	/// The message is sound, and the answer is no.
	fn no(sentence: impl ToString) -> Self {
		Self::new(StatusCode::OK, sentence)
	}

	/// The answer may be another one in a moment.
	fn later(sentence: impl ToString) -> Self {
		Self::new(StatusCode::SERVICE_UNAVAILABLE, sentence)
	}

	/// Whether this is the answer to the question whether somebody may come.
	fn is_final(&self) -> bool {
		self.status == StatusCode::OK
	}

	fn teleport_answer(self) -> Response {
		let body = json!({ "approval": false, "error": self.sentence });
		(self.status, Json(body)).into_response()
	}

	/// Location and destination are mandatory in an answer to a Query, so they are empty.
	fn query_answer(self) -> Response {
		let body = json!({
			"approval": false, "location": "", "destinationUrl": "", "error": self.sentence,
		});
		(self.status, Json(body)).into_response()
	}
}

impl From<Malformed> for Refusal {
	fn from(malformed: Malformed) -> Self {
		Self::new(StatusCode::BAD_REQUEST, malformed)
	}
}

impl From<Denied> for Refusal {
	fn from(denied: Denied) -> Self {
		match denied {
			Denied::Busy | Denied::TooMany => Self::later(denied),
			_ => Self::no(denied),
		}
	}
}

impl From<node::Error> for Refusal {
	fn from(error: node::Error) -> Self {
		// What is wrong inside is for the operator and not for strangers.
		eprintln!("the chain cannot be asked: {error}");
		Self::later("the chain cannot be asked now; try again later")
	}
}

async fn query(State(world): State<Arc<World>>, request: Request) -> Response {
	match world.query(request).await {
		Ok(answer) => Json(answer).into_response(),
		Err(refusal) => refusal.query_answer(),
	}
}

async fn teleport(State(world): State<Arc<World>>, request: Request) -> Response {
	match world.teleport(request).await {
		Ok(()) => Json(json!({ "approval": true })).into_response(),
		Err(refusal) => refusal.teleport_answer(),
	}
}

async fn preflight() -> StatusCode {
	StatusCode::NO_CONTENT
}

async fn nothing_here() -> Response {
	Refusal::new(
		StatusCode::NOT_FOUND,
		"there is nothing here: send POST to /query or /teleport",
	)
	.teleport_answer()
}

async fn wrong_method() -> Response {
	Refusal::new(
		StatusCode::METHOD_NOT_ALLOWED,
		"send this message with POST",
	)
	.teleport_answer()
}

/// Lets the pages of any world read the answers: nothing here depends on cookies.
async fn for_all_origins(mut response: Response) -> Response {
	let headers = response.headers_mut();
	for (name, value) in [
		(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
		(header::ACCESS_CONTROL_ALLOW_METHODS, "POST"),
		(header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
	] {
		headers.insert(name, HeaderValue::from_static(value));
	}
	response
}

/// The body of a message, if it is JSON, not too long and not too slow.
async fn body_of(request: Request) -> Result<Bytes, Refusal> {
	let is_json = request
		.headers()
		.get(header::CONTENT_TYPE)
		.and_then(|kind| kind.to_str().ok())
		.and_then(|kind| kind.split(';').next())
		.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"));
	if !is_json {
		return Err(Refusal::new(
			StatusCode::UNSUPPORTED_MEDIA_TYPE,
			"send the message with `Content-Type: application/json`",
		));
	}
	match timeout(BODY_PATIENCE, to_bytes(request.into_body(), MAX_BODY)).await {
		Ok(Ok(body)) => Ok(body),
		Ok(Err(_)) => Err(Refusal::new(
			StatusCode::PAYLOAD_TOO_LARGE,
			format!("the body has more than {MAX_BODY} bytes, or broke off"),
		)),
		Err(_) => Err(Refusal::new(
			StatusCode::REQUEST_TIMEOUT,
			"the body took too long",
		)),
	}
}

/// Somebody who is about to come.
struct Arrival {
	id: TeleportId,
	portal: PortalId,
	user: String,
	signature: Option<String>,
}

/// What came of a Teleport message, and whom to tell.
struct Outcome {
	result: Result<(), Refusal>,
	callbacks: Callbacks,
	/// Until the answer is on its way, so that the same message cannot be answered twice meanwhile.
	under_way: UnderWay,
}

/// Ends the work on a visit even if it panics.
struct UnderWay {
	world: Arc<World>,
	id: TeleportId,
}

impl Drop for UnderWay {
	fn drop(&mut self) {
		self.world.memory.end(self.id);
	}
}

impl World {
	async fn query(&self, request: Request) -> Result<Value, Refusal> {
		let query = Query::read(&body_of(request).await?)?;
		let _permit = self.permit()?;
		timeout(QUERY_PATIENCE, self.answer_query(query))
			.await
			.unwrap_or_else(|_| Err(Refusal::later("the chain took too long; try again later")))
	}

	async fn answer_query(&self, query: Query) -> Result<Value, Refusal> {
		let Query { location, visit } = query;
		let id = portal_at(&location, self.node.genesis()).map_err(Refusal::no)?;
		let portal = self.node.portal(id).await?;
		// What was asked for, letter for letter: whoever gets another one back should not go on.
		let mut answer = json!({
			"approval": true, "location": location, "destinationUrl": self.entry,
		});
		let Some(visit) = visit else {
			return match judge(self.metaverse, portal.as_ref(), None) {
				Verdict::Shut(sentence) => Err(Refusal::no(sentence)),
				_ => Ok(answer),
			};
		};

		let account = account_of(&visit.user);
		let pass = self.pass_of(id, account.as_ref()).await?;
		match judge(self.metaverse, portal.as_ref(), pass) {
			// Whoever has paid is let in or refused on chain when they come, even if it is full.
			Verdict::Good(_) => {}
			Verdict::Shut(sentence) => return Err(Refusal::no(sentence)),
			_ if self.memory.is_full(Instant::now()) => {
				return Err(Refusal::no("this world is full"))
			}
			Verdict::Free => {}
			// It is enough to have one, or another one, when they come. If they still may.
			Verdict::Used(_) | Verdict::NeedsPass(_) => {
				account.ok_or_else(needs_account)?;
				if let Verdict::Shut(sentence) = judge(self.metaverse, portal.as_ref(), None) {
					return Err(Refusal::no(sentence));
				}
			}
		}
		self.memory.announce(id, visit, Instant::now())?;
		// The specification says seconds in its table and milliseconds in its text.
		answer["expiration"] = json!(self.ttl.as_secs());
		Ok(answer)
	}

	/// Deals with a Teleport message. The work goes on when whoever sent it does not wait for the
	/// answer; they may ask again.
	async fn teleport(self: Arc<Self>, request: Request) -> Result<(), Refusal> {
		let message = Teleport::read(&body_of(request).await?)?;
		let permit = self.permit()?;
		let id = message.id;
		let world = self.clone();
		let task = tokio::spawn(async move {
			let _permit = permit;
			world.answer_teleport(message).await
		});
		let outcome = match timeout(TELEPORT_PATIENCE, task).await {
			Ok(Ok(outcome)) => outcome?,
			Ok(Err(error)) => {
				eprintln!("{id}: {error}");
				return Err(Refusal::new(
					StatusCode::INTERNAL_SERVER_ERROR,
					"this server made a mistake; please report it",
				));
			}
			Err(_) => {
				return Err(Refusal::new(
					StatusCode::GATEWAY_TIMEOUT,
					"the chain took too long; send the same message again",
				))
			}
		};
		let Outcome {
			result,
			callbacks,
			under_way,
		} = outcome;
		match &result {
			Ok(()) => {
				self.memory.done(id);
				self.caller.call(&callbacks.ack, id, true);
			}
			Err(refusal) if refusal.is_final() => self.caller.call(&callbacks.nack, id, false),
			Err(_) => {}
		}
		drop(under_way);
		result
	}

	/// Fails when it is not known who comes, and so neither whom to tell.
	async fn answer_teleport(self: Arc<Self>, message: Teleport) -> Result<Outcome, Refusal> {
		let Teleport {
			id,
			pin,
			user,
			launch_client,
			ack,
			nack,
			signature,
		} = message;
		let (portal, visit) = self.memory.begin(id, pin, Instant::now())?;
		let under_way = UnderWay {
			world: self.clone(),
			id,
		};
		let Visit {
			user: announced,
			callbacks,
			..
		} = visit;
		let callbacks = Memory::callbacks(callbacks, ack, nack);
		let result = if user.is_some_and(|user| user != announced) {
			Err(Refusal::no("the userId is not the one of the Query"))
		} else if launch_client {
			Err(Refusal::no(
				"this world starts no programs: open the destination on the visitor's device, and \
				 leave launchClient out",
			))
		} else {
			let arrival = Arrival {
				id,
				portal,
				user: announced,
				signature,
			};
			self.receive(arrival).await
		};
		Ok(Outcome {
			result,
			callbacks,
			under_way,
		})
	}

	/// Lets somebody in, or says why not.
	async fn receive(&self, arrival: Arrival) -> Result<(), Refusal> {
		let account = account_of(&arrival.user);
		let portal = self.node.portal(arrival.portal).await?;
		let pass = self.pass_of(arrival.portal, account.as_ref()).await?;
		match judge(self.metaverse, portal.as_ref(), pass) {
			Verdict::Shut(sentence) => Err(Refusal::no(sentence)),
			Verdict::Free if self.memory.take_seat(arrival.id, Instant::now()) => Ok(()),
			Verdict::Free => Err(Refusal::no("this world is full")),
			Verdict::NeedsPass(sentence) => {
				account.ok_or_else(needs_account)?;
				Err(Refusal::no(sentence))
			}
			Verdict::Used(pass) => {
				let account = account.ok_or_else(needs_account)?;
				self.check_signature(&arrival, &account, &pass)?;
				// It was used for this very visit, and the answer got lost on its way.
				let key = (arrival.portal, account);
				if self.memory.has_claimed(arrival.id, &key, pass.valid_until) {
					return Ok(());
				}
				Err(Refusal::no(
					"the visitor's pass was used already; take another one with portal.travel",
				))
			}
			Verdict::Good(pass) => {
				let account = account.ok_or_else(needs_account)?;
				self.check_signature(&arrival, &account, &pass)?;
				self.let_in(&arrival, account, pass.valid_until).await
			}
		}
	}

	/// Fails unless the owner of the account wants to come with this pass, now and here.
	fn check_signature(
		&self,
		arrival: &Arrival,
		account: &AccountId,
		pass: &Pass,
	) -> Result<(), Refusal> {
		let signature = arrival.signature.as_deref().ok_or_else(|| {
			Refusal::no("userSignature is missing: the owner of a pass signs each teleport")
		})?;
		let statement = Statement {
			genesis: self.node.genesis(),
			portal: arrival.portal,
			way: pass.way,
			valid_until: pass.valid_until,
			account: &arrival.user,
			destination: &self.entry,
			teleport: arrival.id,
		};
		if statement.is_signed(signature, account) {
			return Ok(());
		}
		Err(Refusal::no(
			"userSignature is not the signature of userId under this teleport",
		))
	}

	/// Lets the owner of a good pass in. The gatekeeper, if there is one, admits them on chain, which
	/// pays the toll; nobody is let in before a block has that.
	async fn let_in(
		&self,
		arrival: &Arrival,
		account: AccountId,
		valid_until: BlockNumber,
	) -> Result<(), Refusal> {
		let Arrival { id, portal, .. } = *arrival;
		let pass = (portal, account);
		// The pass before the seat: one pass must not take seats under many visits.
		self.memory
			.claim(id, pass.clone(), valid_until, Instant::now())?;
		if !self.memory.take_seat(id, Instant::now()) {
			self.memory.unclaim(id, &pass);
			return Err(self.turn_away(portal, &pass.1).await);
		}
		let Some(gatekeeper) = &self.gatekeeper else {
			return Ok(());
		};
		let Err(error) = self.node.admit(gatekeeper, portal, &pass.1).await else {
			return Ok(());
		};
		// Who may still be admitted keeps the seat and the pass, and asks again. Who cannot be by this
		// call, because no block will ever have it, keeps neither.
		let refusal = refused_by_chain(&error);
		let not_sent = matches!(error, node::Error::Chain(chain::Error::NotTaken { .. }));
		if refusal.is_some() || not_sent {
			self.memory.leave_seat(id);
			self.memory.unclaim(id, &pass);
		}
		Err(refusal.unwrap_or_else(|| error.into()))
	}

	/// There is no room, so the owner of the pass gets toll and deposit back, if somebody can refuse it.
	async fn turn_away(&self, portal: PortalId, account: &AccountId) -> Refusal {
		let Some(gatekeeper) = &self.gatekeeper else {
			return Refusal::no("this world is full; the pass stays good until its time is over");
		};
		match self.node.refuse(gatekeeper, portal, account).await {
			Ok(()) => {
				Refusal::no("this world is full; toll and deposit of the pass were given back")
			}
			Err(error) => refused_by_chain(&error).unwrap_or_else(|| error.into()),
		}
	}

	async fn pass_of(
		&self,
		portal: PortalId,
		account: Option<&AccountId>,
	) -> Result<Option<Pass>, node::Error> {
		match account {
			Some(account) => self.node.pass(portal, account).await,
			None => Ok(None),
		}
	}

	fn permit(&self) -> Result<OwnedSemaphorePermit, Refusal> {
		self.permits
			.clone()
			.try_acquire_owned()
			.map_err(|_| Refusal::later("too many messages at once; try again later"))
	}
}

/// The account that a user id is the address of, whatever prefix it has.
fn account_of(user: &str) -> Option<AccountId> {
	AccountId::from_ss58check(user).ok()
}

fn needs_account() -> Refusal {
	Refusal::no(
		"this portal asks for a pass, so userId must be the address of the account that has it",
	)
}

/// What the chain says about a call of the gatekeeper that it refused.
fn refused_by_chain(error: &node::Error) -> Option<Refusal> {
	let node::Error::Chain(chain::Error::Refused { call, error, text }) = error else {
		return None;
	};
	eprintln!("the chain refused {call} with {error}");
	Some(Refusal::no(format!("the chain refused: {text}")))
}
